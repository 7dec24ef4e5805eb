import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const anything = { 200: c.type<unknown>() };
const contract = c.router({
  json: { method: 'POST', path: '/json', body: z.object({ n: z.number() }), responses: anything },
  optional: { method: 'POST', path: '/optional', body: z.object({ n: z.number() }).optional(), responses: anything },
  plain: { method: 'POST', path: '/plain', body: c.type<unknown>(), responses: anything },
  none: { method: 'POST', path: '/none', body: c.noBody(), responses: anything },
  form: {
    method: 'POST',
    path: '/form',
    contentType: 'application/x-www-form-urlencoded',
    body: z.object({ a: z.string(), b: z.array(z.string()) }),
    responses: anything,
  },
});
const router = serve(contract, {
  json: ({ body }) => ({ status: 200, body: [body] }),
  optional: ({ body }) => ({ status: 200, body: [body?.n] }),
  plain: ({ body }) => ({ status: 200, body: [body] }),
  none: (args) => ({ status: 200, body: ['body' in args && args.body, args.raw.text()] }),
  form: ({ body }) => ({ status: 200, body: [body] }),
});

async function post(path: string, body?: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const { url } = await listen(router);
  const answer = await fetch(url + path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
  return await answer.json();
}

describe('a body', () => {
  it.each(['application/json', 'text/plain', 'image/png', 'nonsense', ''])(
    'is read as JSON with content type %o',
    async (type) => {
      expect(await post('/json', '{"n":1}', { 'content-type': type })).toEqual([{ n: 1 }]);
    },
  );

  it.each([
    ['empty', undefined],
    ['empty', ''],
    ['invalid-utf8', new Uint8Array([0x7b, 0xff])],
    ['bom', '\ufeff{"n":1}'],
    ['not-json', '{"n":1'],
  ])('that is %s cannot be read', async (reason, body) => {
    expect(await post('/json', body)).toEqual({ error: 'body-unreadable', reason });
  });

  it('that does not fit is refused with what its schema says', async () => {
    const refused = { error: 'schema', part: 'body', issues: [{ path: ['n'], message: expect.any(String) }] };
    expect(await post('/json', '{"n":"1"}')).toEqual(refused);
    expect(await post('/json', '[]')).toMatchObject({ error: 'schema', part: 'body' });
  });

  it('may be missing if its schema allows it', async () => {
    expect(await post('/optional')).toEqual([null]);
    expect(await post('/optional', '{"n":2}')).toEqual([2]);
    expect(await post('/optional', ' ')).toEqual({ error: 'body-unreadable', reason: 'not-json' });
  });

  it('of a plain type is parsed and not checked', async () => {
    expect(await post('/plain', '{"x":[]}')).toEqual([{ x: [] }]);
    expect(await post('/plain')).toEqual([null]);
    expect(await post('/plain', 'x')).toEqual({ error: 'body-unreadable', reason: 'not-json' });
  });

  it('that the contract does not have is left alone, its bytes are there', async () => {
    expect(await post('/none', 'x')).toEqual([null, 'x']);
    expect(await post('/none')).toEqual([null, '']);
  });

  it('is read as a form if the contract says so', async () => {
    expect(await post('/form', 'a=%E4%BA%91&b=1&b=2', { 'content-type': 'text/plain' })).toEqual([
      { a: '云', b: ['1', '2'] },
    ]);
    expect(await post('/form', new Uint8Array([0xff]))).toEqual({ error: 'body-unreadable', reason: 'invalid-utf8' });
    expect(await post('/form')).toEqual({ error: 'body-unreadable', reason: 'empty' });
  });
});
