import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const contract = c.router({
  any: {
    method: 'GET',
    path: '/any',
    responses: {
      200: c.type<unknown>(),
      202: c.noBody(),
      203: c.otherResponse({ contentType: 'text/csv', body: z.string() }),
      204: c.noBody(),
      206: c.otherResponse({ contentType: 'image/png', body: c.type<Buffer>() }),
    },
  },
});

async function answered(answer: Answer, method = 'GET') {
  // Whatever the contract would forbid is part of what is tried here.
  const handler = () => answer as { status: 200; body: unknown };
  const { url, errors } = await listen(serve(contract, { any: handler }));
  const got = await fetch(`${url}/any`, { method });
  return {
    status: got.status,
    type: got.headers.get('content-type'),
    text: await got.text(),
    headers: got.headers,
    errors,
  };
}

const json = 'application/json';

describe("a handler's answer", () => {
  it.each([
    ['an object', { a: '云' }, '{"a":"云"}'],
    ['a string', 'text', '"text"'],
    ['null', null, 'null'],
    ['false', false, 'false'],
    ['zero', 0, '0'],
    ['an empty string', '', '""'],
  ])('with %s is JSON', async (_name, body, text) => {
    expect(await answered({ status: 200, body })).toMatchObject({ status: 200, type: json, text });
  });

  it.each([202, 204])('without a body keeps its status %i', async (status) => {
    const got = await answered({ status, body: undefined });
    expect(got).toMatchObject({ status, type: null, text: '' });
  });

  it('of another content type is sent as it is', async () => {
    expect(await answered({ status: 203, body: 'a,b\n' })).toMatchObject({
      status: 203,
      type: 'text/csv',
      text: 'a,b\n',
    });
    expect(await answered({ status: 203, body: '' })).toMatchObject({ status: 203, type: 'text/csv', text: '' });
    expect(await answered({ status: 206, body: Buffer.from('png') })).toMatchObject({ type: 'image/png', text: 'png' });
  });

  it('may have headers, also a content type of its own', async () => {
    const got = await answered({
      status: 200,
      body: {},
      headers: { 'x-a': 'b', 'content-type': 'application/problem+json' },
    });
    expect(got.headers.get('x-a')).toBe('b');
    expect(got.type).toBe('application/problem+json');
  });

  it('may have a status the contract does not name', async () => {
    expect(await answered({ status: 418, body: 'short and stout' })).toMatchObject({
      status: 418,
      text: '"short and stout"',
    });
  });

  it('is not sent with its body to HEAD', async () => {
    const got = await answered({ status: 200, body: { a: 1 } }, 'HEAD');
    expect(got).toMatchObject({ status: 200, type: json, text: '' });
    expect(got.headers.get('content-length')).toBe('7');
  });

  it.each([
    ['a body that is no JSON', { status: 200, body: 1n }],
    ['a status that does not exist', { status: 99, body: {} }],
    ['a header no header may be', { status: 200, body: {}, headers: { 'x-a': 'a\r\nb: c' } }],
  ])('with %s is a failure', async (_name, answer) => {
    const got = await answered(answer);
    expect(got).toMatchObject({ status: 500, type: json, text: '{"error":"failed"}' });
    expect(got.errors).toHaveLength(1);
  });
});
