import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, type Refusal, serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const route = {
  method: 'GET',
  path: '/any',
  responses: {
    200: z.object({ n: z.number() }),
    204: c.noBody(),
    203: c.otherResponse({ contentType: 'text/csv', body: z.string().min(1) }),
  },
} as const;

async function answered(answer: Answer, validateResponses: boolean, strictStatusCodes = false) {
  const contract = c.router({ any: route }, { strictStatusCodes });
  // Whatever the contract would forbid is what is tried here.
  const handler = () => answer as { status: 204; body: undefined };
  const errors: unknown[] = [];
  const refuse = (refusal: Refusal) => {
    if (refusal.kind === 'failed') errors.push(refusal.error);
    return { status: 500, body: undefined };
  };
  const { url } = await listen(serve(contract, { any: handler }, { validateResponses, refuse }));
  const got = await fetch(`${url}/any`);
  return { status: got.status, text: await got.text(), errors: errors.map(String) };
}

const wrong: [string, Answer][] = [
  ['a wrong body', { status: 200, body: { n: 'one' } }],
  ['a body where none belongs', { status: 204, body: {} }],
  ['a wrong body of another content type', { status: 203, body: '' }],
];

describe('validateResponses', () => {
  it.each(wrong)('refuses %s as failed', async (_name, answer) => {
    const got = await answered(answer, true);
    expect(got.status).toBe(500);
    expect(got.errors).toEqual([expect.stringMatching(/^AnswerBreaksContract: GET \/any answered 20/)]);
  });

  it.each(wrong)('is off unless asked for: %s passes', async (_name, answer) => {
    expect(await answered(answer, false)).toMatchObject({ status: answer.status, errors: [] });
  });

  it('sends what the schema makes of the body', async () => {
    expect(await answered({ status: 200, body: { n: 1, secret: 2 } }, true)).toMatchObject({
      status: 200,
      text: '{"n":1}',
    });
  });

  it('refuses a status the contract does not name only if the contract is strict about it', async () => {
    expect(await answered({ status: 404, body: {} }, true)).toMatchObject({ status: 404, errors: [] });
    expect(await answered({ status: 404, body: {} }, true, true)).toMatchObject({
      status: 500,
      errors: ['AnswerBreaksContract: GET /any does not answer 404'],
    });
  });
});
