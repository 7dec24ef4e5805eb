import { initContract } from '@ts-rest/core';
import Koa from 'koa';
import { z } from 'zod';
import { type Admission, type RawBody, serve } from '../src/index.ts';

const c = initContract();
const k = c.router(
  {
    add: {
      method: 'POST',
      path: '/add/:id',
      pathParams: z.object({ id: z.coerce.number() }),
      headers: { 'X-Foo': z.coerce.number().optional() },
      query: z.object({ q: z.array(z.string()).optional() }),
      body: z.object({ n: z.number() }),
      responses: { 200: z.object({ sum: z.number() }), 204: c.noBody() },
      strictStatusCodes: true,
    },
    sub: {
      g: {
        method: 'GET',
        path: '/g/:x?',
        responses: { 200: c.otherResponse({ contentType: 'text/csv', body: z.string() }) },
      },
    },
  },
  { pathPrefix: '/p' },
);
const admit = (raw: RawBody): Admission<{ who: string }, 'no'> =>
  raw.text()?.includes('bad') ? { admitted: false, reason: 'no' } : { admitted: true, value: { who: 'me' } };
const router = serve(
  k,
  {
    add: async ({ params, body, query, headers, admitted }) => ({
      status: 200,
      body: { sum: params.id + body.n + (query.q?.length ?? 0) + (headers['x-foo'] ?? 0) + admitted.who.length },
    }),
    sub: {
      g: ({ params, admitted }) => ({
        status: 200,
        body: `a,${params.x ?? ''},${admitted.who}\n`,
        headers: { 'x-a': 'b' },
      }),
    },
  },
  { admit },
);
const app = new Koa();
app.use(router.routes());
const s = app.listen(0, async () => {
  const u = `http://127.0.0.1:${(s.address() as { port: number }).port}`;
  const f = async (p: string, o?: RequestInit) => {
    const r = await fetch(u + p, o);
    console.log(p, r.status, r.headers.get('content-type'), r.headers.get('connection'), await r.text());
  };
  await f('/p/add/3?q=1&q=2', { method: 'POST', body: '{"n":4}', headers: { 'X-FOO': '100' } });
  await f('/p/add/x', { method: 'POST', body: '{"n":4}' });
  await f('/p/add/3', { method: 'POST', body: '{"n":"4"}' });
  await f('/p/add/3', { method: 'POST', body: '{"n' });
  await f('/p/add/3', { method: 'POST' });
  await f('/p/add/3', { method: 'POST', body: 'bad' });
  await f('/p/add/3', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
  await f('/p/add/3', { method: 'POST', body: '{"n":4}', headers: { 'content-encoding': 'gzip' } });
  await f('/p/g');
  await f('/p/g/x%20y');
  await f('/p/G/x');
  await f('/p/g', { method: 'HEAD' });
  s.close();
});
