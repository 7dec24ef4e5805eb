/** The package as its users get it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackedPackage, packAndExtract } from '@koobridge/packed';
import { afterAll, beforeAll, expect, test } from 'vitest';

const packageDir = join(import.meta.dirname, '..');
let packed: PackedPackage;
beforeAll(async () => {
  packed = await packAndExtract(packageDir, [
    '@koa/router',
    '@ts-rest/core',
    '@types/koa',
    '@types/node',
    'koa',
    'zod',
  ]);
}, 60_000);
afterAll(() => packed?.remove());

test('holds the build, a README and the license, and nothing else', async () => {
  const others = packed.files.filter((file) => !/^dist\/[a-z/-]+\.(js|d\.ts)$/.test(file));
  expect(others).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(packed.files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']));
  expect(await packed.read('LICENSE')).toBe(readFileSync(join(packageDir, '..', '..', 'LICENSE'), 'utf8'));
});

const server = `
  import { serve } from '@koobridge/ts-rest-koa';
  import { initContract } from '@ts-rest/core';
  import Koa from 'koa';
  import * as z from 'zod';

  const c = initContract();
  const contract = c.router({
    echo: {
      method: 'POST',
      path: '/echo',
      body: z.object({ n: z.number() }),
      responses: { 200: z.object({ n: z.number(), bytes: z.number() }) },
    },
  });
  const router = serve(contract, {
    echo: ({ body, raw }) => ({ status: 200, body: { n: body.n, bytes: raw.bytes.length } }),
  });
  const app = new Koa().use(router.routes());
`;

test('serves a contract', async () => {
  const printed = await packed.run(`
    ${server}
    const listening = app.listen(0, '127.0.0.1', async () => {
      const { port } = listening.address();
      const url = 'http://127.0.0.1:' + port + '/echo';
      const headers = { 'content-type': 'application/json', connection: 'close' };
      const answer = await fetch(url, { method: 'POST', headers, body: '{ "n": 7 }' });
      console.log(answer.status, await answer.text());
      listening.close();
    });
  `);
  expect(printed).toBe('200 {"n":7,"bytes":10}\n');
});

test('is typed for a user of Koa', async () => {
  expect(await packed.typeCheck(`${server} export { app };`, ['es2024', 'dom', 'dom.iterable'])).toBe('');
}, 60_000);

test('refuses a handler of another type at compile time', async () => {
  const wrong = server.replace('n: body.n', 'n: String(body.n)');
  const complaints = await packed.typeCheck(`${wrong} export { app };`, ['es2024', 'dom', 'dom.iterable']);
  expect(complaints).toContain("Type 'string' is not assignable to type 'number'");
}, 60_000);

test('publint and are-the-types-wrong find nothing', async () => {
  expect(await packed.lint()).toBe('');
}, 60_000);
