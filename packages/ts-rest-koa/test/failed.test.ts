import { initContract, type StandardSchemaV1 } from '@ts-rest/core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Refusal, serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const broken = new Error('broken');
const fail = (): never => {
  throw broken;
};
// Not zod: it starts an asynchronous schema twice and leaves the first rejection to nobody.
const rejecting: StandardSchemaV1<unknown, unknown> = {
  '~standard': { version: 1, vendor: 'test', validate: async () => fail() },
};

it.each([
  ['the handler throws', z.unknown(), fail],
  ['the handler rejects', z.unknown(), async () => fail()],
  ['a schema throws', z.unknown().transform(fail), () => ({ status: 200, body: '' }) as const],
  ['a schema rejects', rejecting, () => ({ status: 200, body: '' }) as const],
])('if %s the request has failed, with what it was admitted with', async (_name, query, handler) => {
  const contract = c.router({ a: { method: 'GET', path: '/a', query, responses: { 200: c.type<string>() } } });
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
  expect(refusals).toEqual([{ kind: 'failed', error: broken, admitted: 'me' }]);
  expect(errors).toEqual([]);
});
