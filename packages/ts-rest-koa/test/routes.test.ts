import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Handlers, serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const text = c.type<string>();
const get = <P extends string>(path: P) => ({ method: 'GET', path, responses: { 200: text } }) as const;

const contract = c.router(
  {
    any: get('/posts/:id'),
    latest: get('/posts/latest'),
    optional: get('/tags/:tag?'),
    odd: get('/odd/:post-id/(a)*{b}'),
    deep: c.router({ deeper: { leaf: get('/leaf/:leafId') } }, { pathPrefix: '/deep' }),
    remove: { method: 'DELETE', path: '/posts/:id', responses: { 200: text } },
  },
  { pathPrefix: '/api' },
);

const handlers: Handlers<typeof contract> = {
  any: ({ params }) => ({ status: 200, body: `any ${params.id}` }),
  latest: () => ({ status: 200, body: 'latest' }),
  optional: ({ params }) => ({ status: 200, body: `optional ${params.tag}` }),
  odd: ({ params }) => ({ status: 200, body: `odd ${params['post-id']}` }),
  deep: { deeper: { leaf: ({ params }) => ({ status: 200, body: `leaf ${params.leafId}` }) } },
  remove: ({ params }) => ({ status: 200, body: `removed ${params.id}` }),
};

async function ask() {
  const { url } = await listen(serve(contract, handlers));
  return async (path: string, method = 'GET') => {
    const answer = await fetch(url + path, { method });
    return answer.status === 200 && method !== 'HEAD' ? await answer.json() : answer.status;
  };
}

describe('routes', () => {
  it('are found by path and method, through nested routers and prefixes', async () => {
    const at = await ask();
    expect(await at('/api/posts/7')).toBe('any 7');
    expect(await at('/api/posts/7', 'DELETE')).toBe('removed 7');
    expect(await at('/api/deep/leaf/9')).toBe('leaf 9');
    expect(await at('/api/posts/7', 'PUT')).toBe(404);
    expect(await at('/leaf/9')).toBe(404);
  });

  it('answer HEAD where they answer GET', async () => {
    expect(await (await ask())('/api/posts/7', 'HEAD')).toBe(200);
  });

  it('with fewer parameters go first, whatever their order in the contract', async () => {
    expect(await (await ask())('/api/posts/latest')).toBe('latest');
  });

  it('may leave out an optional parameter', async () => {
    const at = await ask();
    expect(await at('/api/tags')).toBe('optional undefined');
    expect(await at('/api/tags/x')).toBe('optional x');
  });

  it('match exactly: case, trailing slash and special characters are what they are', async () => {
    const at = await ask();
    expect(await at('/api/odd/1/(a)*%7Bb%7D')).toBe(404);
    expect(await at('/api/odd/1/(a)*{b}')).toBe(404);
    expect(await at('/API/posts/7')).toBe(404);
    expect(await at('/api/posts/7/')).toBe(404);
    expect(await at('/api/posts/')).toBe(404);
  });

  it('decode their parameters, and leave what cannot be decoded as it is', async () => {
    const at = await ask();
    expect(await at('/api/posts/a%20b%2Fc')).toBe('any a b/c');
    expect(await at('/api/posts/%ff')).toBe('any %ff');
  });

  it('pass requests on that none of them matches', async () => {
    const { url } = await listen(serve(contract, handlers), (ctx) => {
      ctx.body = 'next';
    });
    expect(await (await fetch(`${url}/other`)).text()).toBe('next');
  });
});

describe('serve throws at once', () => {
  it('if a handler is missing', () => {
    const { deep: _, ...rest } = handlers;
    // @ts-expect-error a handler is missing
    expect(() => serve(contract, rest)).toThrow(new TypeError('no handler for deep.deeper.leaf'));
  });

  it('if a route takes a multipart body', () => {
    const upload = c.router({
      up: { method: 'POST', path: '/up', contentType: 'multipart/form-data', body: z.any(), responses: { 200: text } },
    });
    expect(() => serve(upload, { up: () => ({ status: 200, body: '' }) })).toThrow(/^POST \/up: multipart/);
  });

  it.each([{ bytes: -1 }, { drainBytes: Number.NaN }, { deadlineMs: -0.5 }])('if a limit is %o', (limits) => {
    expect(() => serve(contract, handlers, { limits })).toThrow(RangeError);
    expect(() => serve(contract, handlers, { limits: () => limits })).toThrow(RangeError);
  });
});
