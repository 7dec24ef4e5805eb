/** A contract with one POST route that answers the number it was sent, for tests about bodies on the wire. */

import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { type Options, serve } from '../src/index.ts';
import { type Listening, listen } from './listening.ts';

const c = initContract();

export const echo = c.router({
  number: {
    method: 'POST',
    path: '/number',
    body: z.object({ n: z.number() }),
    responses: { 200: z.object({ n: z.number(), bytes: z.number() }) },
  },
  hello: { method: 'GET', path: '/hello', responses: { 200: c.type<string>() } },
});

export interface Echo extends Listening {
  /** How often a handler was called. */
  calls: number;
}

export async function listenEcho<A, R>(options: Options<A, R> = {}): Promise<Echo> {
  const calls = { count: 0 };
  const router = serve<typeof echo, A, R>(
    echo,
    {
      number: ({ body, raw }) => {
        calls.count += 1;
        return { status: 200, body: { n: body.n, bytes: raw.bytes.length } };
      },
      hello: () => ({ status: 200, body: 'hello' }),
    },
    options,
  );
  const listening = await listen(router);
  return Object.defineProperty({ ...listening, calls: 0 }, 'calls', { get: () => calls.count });
}
