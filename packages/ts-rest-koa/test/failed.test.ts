import { initContract } from '@ts-rest/core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Refusal, serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const broken = new Error('broken');
const fail = (): never => {
  throw broken;
};
const throwing = z.string().transform(fail);
const rejecting = z.string().transform(async () => fail());

it.each([
  ['the handler throws', z.string(), fail, 'me'],
  ['the handler rejects', z.string(), async () => fail(), 'me'],
  ['a schema throws', throwing, () => ({ status: 200, body: '' }) as const, 'me'],
  ['a schema rejects', rejecting, () => ({ status: 200, body: '' }) as const, 'me'],
])('if %s the request has failed, with what it was admitted with', async (_name, q, handler, admitted) => {
  const contract = c.router({ a: { method: 'GET', path: '/a', query: z.object({ q }), responses: { 200: c.type<string>() } } });
  const refusals: Refusal<string>[] = [];
  const router = serve(
    contract,
    { a: handler },
    {
      admit: () => ({ admitted: true, value: 'me' }),
      refuse: (refusal: Refusal<string>) => {
        refusals.push(refusal);
        return { status: 503, body: undefined };
      },
    },
  );
  const { url, errors } = await listen(router);
  expect((await fetch(`${url}/a?q=x`)).status).toBe(503);
  expect(refusals).toEqual([{ kind: 'failed', error: broken, admitted }]);
  expect(errors).toEqual([]);
});
