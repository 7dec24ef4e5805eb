import { initContract } from '@ts-rest/core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Refusal, serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();

it('goes from limits over encoding, admission, path, query, headers and body to the handler', async () => {
  const said: string[] = [];
  const note = (name: string) =>
    z.string().refine((value) => {
      said.push(name);
      return value !== 'bad';
    });
  const contract = c.router({
    all: {
      method: 'POST',
      path: '/:p',
      pathParams: z.object({ p: note('path') }),
      query: z.object({ q: note('query') }),
      headers: { 'x-h': note('headers') },
      body: z.object({ b: note('body') }),
      responses: { 200: c.type<null>() },
    },
  });
  const refuse = (refusal: Refusal<undefined, string>) => {
    said.push(refusal.kind);
    return { status: 400, body: undefined };
  };
  const router = serve(
    contract,
    {
      all: () => {
        said.push('handler');
        return { status: 200, body: null };
      },
    },
    {
      limits: { bytes: 20 },
      admit: (raw) => {
        said.push('admit');
        return raw.text() === 'no' ? { admitted: false, reason: 'no' } : { admitted: true, value: undefined };
      },
      refuse,
    },
  );
  const { url } = await listen(router);
  const bad: Record<string, string> = { path: 'bad', query: 'bad', header: 'bad', body: '{"b":"bad"}' };
  const good: Record<string, string> = { path: 'x', query: 'x', header: 'x', body: '{"b":"x"}' };
  const post = async (change: Record<string, string>) => {
    said.length = 0;
    const { path, query, header, body, encoding } = { ...bad, ...change };
    const headers = new Headers({ 'x-h': header ?? '' });
    if (encoding !== undefined) headers.set('content-encoding', encoding);
    await fetch(`${url}/${path}?q=${query}`, { method: 'POST', headers, body: body ?? '' });
    return said.join(' ');
  };
  expect(await post({ body: 'x'.repeat(21), encoding: 'gzip' })).toBe('body-too-large');
  expect(await post({ body: 'no', encoding: 'gzip' })).toBe('body-compressed');
  expect(await post({ body: 'no' })).toBe('admit not-admitted');
  expect(await post({})).toBe('admit path schema');
  expect(await post({ path: 'x' })).toBe('admit path query schema');
  expect(await post({ path: 'x', query: 'x' })).toBe('admit path query headers schema');
  expect(await post({ ...good, body: '{' })).toBe('admit path query headers body-unreadable');
  expect(await post({ ...good, body: '{"b":"bad"}' })).toBe('admit path query headers body schema');
  expect(await post(good)).toBe('admit path query headers body handler');
});
