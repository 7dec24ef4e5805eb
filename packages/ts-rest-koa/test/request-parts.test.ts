import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../src/index.ts';
import { listen } from './listening.ts';

const c = initContract();
const anything = { 200: c.type<unknown>() };

describe('path parameters', () => {
  it('are what their schema makes of them', async () => {
    const contract = c.router({
      post: { method: 'GET', path: '/:id', pathParams: z.object({ id: z.coerce.number().int() }), responses: anything },
    });
    const { url } = await listen(serve(contract, { post: ({ params }) => ({ status: 200, body: params }) }));
    expect(await (await fetch(`${url}/12`)).json()).toEqual({ id: 12 });
    const refused = await fetch(`${url}/x`);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: 'schema', part: 'path', issues: [{ path: ['id'] }] });
  });
});

describe('the query', () => {
  const contract = c.router({
    typed: {
      method: 'GET',
      path: '/typed',
      query: z.object({ a: z.array(z.string()), b: z.string().default('b') }),
      responses: anything,
    },
    plain: { method: 'GET', path: '/plain', query: c.type<Record<string, unknown>>(), responses: anything },
  });
  const router = serve(contract, {
    typed: ({ query }) => ({ status: 200, body: query }),
    plain: ({ query }) => ({ status: 200, body: query }),
  });

  it('is what its schema makes of it, a name that comes twice as an array', async () => {
    const { url } = await listen(router);
    expect(await (await fetch(`${url}/typed?a=1&a=2`)).json()).toEqual({ a: ['1', '2'], b: 'b' });
    expect(await (await fetch(`${url}/typed?a=1`)).json()).toMatchObject({ part: 'query', issues: [{ path: ['a'] }] });
  });

  it('passes unchecked where the contract only has a plain type', async () => {
    const { url } = await listen(router);
    expect(await (await fetch(`${url}/plain?a=%E4%BA%91&__proto__=x&e=`)).text()).toBe(
      '{"a":"云","__proto__":"x","e":""}',
    );
  });
});

describe('headers', () => {
  const contract = c.router({
    each: {
      method: 'GET',
      path: '/each',
      headers: { 'X-Count': z.coerce.number(), 'x-opt': z.string().optional() },
      responses: anything,
    },
    whole: { method: 'GET', path: '/whole', headers: z.object({ 'x-a': z.string().min(2) }), responses: anything },
  });
  const router = serve(contract, {
    each: ({ headers }) => ({ status: 200, body: [headers['x-count'], headers['x-opt'], headers['x-other']] }),
    whole: ({ headers }) => ({ status: 200, body: [headers['x-a'], headers['x-other']] }),
  });

  it('are checked one by one, whatever case the contract writes them in; others pass', async () => {
    const { url } = await listen(router);
    const headers = { 'x-count': '5', 'x-other': 'o' };
    expect(await (await fetch(`${url}/each`, { headers })).json()).toEqual([5, null, 'o']);
    const refused = await fetch(`${url}/each`, { headers: { 'x-count': 'five' } });
    expect(await refused.json()).toMatchObject({ part: 'headers', issues: [{ path: ['x-count'] }] });
  });

  it('may have one schema for all of them; others pass', async () => {
    const { url } = await listen(router);
    expect(await (await fetch(`${url}/whole`, { headers: { 'x-a': 'aa', 'x-other': 'o' } })).json()).toEqual([
      'aa',
      'o',
    ]);
    expect((await fetch(`${url}/whole`, { headers: { 'x-a': 'a' } })).status).toBe(400);
  });

  it('of the router are checked on each of its routes', async () => {
    const based = c.router(
      { a: { method: 'GET', path: '/a', responses: anything } },
      { baseHeaders: { 'x-key': z.string() } },
    );
    const { url } = await listen(
      serve(based, { a: ({ headers }) => ({ status: 200, body: headers['x-key'].length }) }),
    );
    expect((await fetch(`${url}/a`)).status).toBe(400);
    expect(await (await fetch(`${url}/a`, { headers: { 'x-key': 'abc' } })).json()).toBe(3);
  });
});

it('a schema may take its time, in every part', async () => {
  const later = z.string().refine(async (value) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return value === 'ok';
  });
  const contract = c.router({
    slow: {
      method: 'POST',
      path: '/:p',
      pathParams: z.object({ p: later }),
      query: z.object({ q: later }),
      headers: { 'x-h': later },
      body: z.object({ b: later }),
      responses: anything,
    },
  });
  const { url } = await listen(serve(contract, { slow: () => ({ status: 200, body: 'ok' }) }));
  const post = async (p: string, q: string, h: string, b: string) => {
    const answer = await fetch(`${url}/${p}?q=${q}`, {
      method: 'POST',
      headers: { 'x-h': h },
      body: JSON.stringify({ b }),
    });
    const { part = 'none' } = Object(await answer.json());
    return part;
  };
  expect(await post('ok', 'ok', 'ok', 'ok')).toBe('none');
  expect(await post('no', 'ok', 'ok', 'ok')).toBe('path');
  expect(await post('ok', 'no', 'ok', 'ok')).toBe('query');
  expect(await post('ok', 'ok', 'no', 'ok')).toBe('headers');
  expect(await post('ok', 'ok', 'ok', 'no')).toBe('body');
});
