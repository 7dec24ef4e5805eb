import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackedPackage, packAndExtract } from '@koobridge/packed';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vectors } from './vectors/vectors.ts';

const packageDir = join(import.meta.dirname, '..');
let packed: PackedPackage;
beforeAll(async () => {
  packed = await packAndExtract(packageDir, ['zod', '@ts-rest/core']);
}, 60_000);
afterAll(() => packed?.remove());

test('holds the build, the vectors, a README and the license, and nothing else', async () => {
  const others = packed.files.filter((file) => !/^dist\/[a-z0-9/-]+\.(js|d\.ts)$/.test(file));
  expect(others).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
    'vectors/vectors.json',
    'vectors/vectors.schema.json',
  ]);
  expect(packed.files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']));
  expect(await packed.read('LICENSE')).toBe(readFileSync(join(packageDir, '..', '..', 'LICENSE'), 'utf8'));
});

test('names exact dependencies and no way into the sources', async () => {
  const manifest = JSON.parse(await packed.read('package.json'));
  expect(manifest.dependencies).toEqual({ '@ts-rest/core': '3.53.0-rc.1', zod: '4.6.7' });
  expect(JSON.stringify(manifest.exports)).not.toContain('src');
});

test('asks nothing of its users but the language: no type of Node in the declarations', async () => {
  for (const file of packed.files.filter((each) => each.endsWith('.d.ts'))) {
    expect(await packed.read(file)).not.toMatch(/\bBuffer\b|['"]node:|types="node"/);
  }
});

test('signs and verifies, and its vectors can be imported', async () => {
  const printed = await packed.run(`
    import { composeBody, signToken, tokenQuery, verifyToken } from '@koobridge/contracts';
    import vectors from '@koobridge/contracts/vectors/vectors.json' with { type: 'json' };
    import schema from '@koobridge/contracts/vectors/vectors.schema.json' with { type: 'json' };
    const body = composeBody({ license: 'PL000001', activity: 'releaseLicenseCode' });
    const query = tokenQuery(signToken({ accessKey: 'key', body, timestamp: Date.now(), nonce: 'n' }));
    const keys = [{ id: 'k', secret: 'key' }];
    const verification = verifyToken({ query, body: Buffer.from(body), keys, now: Date.now() });
    console.log(JSON.stringify([verification.ok, vectors.securityToken.length, schema.$schema]));
  `);
  expect(JSON.parse(printed)).toEqual([
    true,
    vectors.securityToken.length,
    'https://json-schema.org/draft/2020-12/schema',
  ]);
});

test('the example of the README prints what the README says', async () => {
  const readme = await packed.read('README.md');
  const [program = ''] = readme.match(/(?<=```js\n).*?(?=```)/s) ?? [];
  const [printed] = readme.match(/(?<=It prints\n\n```\n).*?(?=```)/s) ?? [];
  expect(await packed.run(program)).toBe(printed);
});

const consumer = `
  import { initClient } from '@ts-rest/core';
  import { type ActivityRequest, licenseOpenApi, ProductionRequest, signatureBytes, verifyToken } from '@koobridge/contracts';
  import vectors from '@koobridge/contracts/vectors/vectors.json' with { type: 'json' };

  const request: ActivityRequest<'refreshLicenseCode'>['scene'] = 'RENEWAL';
  const bytes: Uint8Array = signatureBytes('key', 'n', '1750000000123', new Uint8Array());
  const verification = verifyToken({ query: '', body: bytes, keys: [], now: 0 });
  if (verification.ok) verification.reading satisfies 'raw' | 'sorted';
  export const activity: string = ProductionRequest.parse({}).activity;
  export const client = initClient(licenseOpenApi, { baseUrl: 'https://mkt.example', baseHeaders: {} });
  export const count: number = vectors.securityToken.length;
  export { request };
`;

test('is typed for a user that has only the packages it names', async () => {
  expect(await packed.typeCheck(consumer, ['es2024', 'dom', 'dom.iterable'])).toBe('');
}, 60_000);

test('refuses wrong uses at compile time', async () => {
  const wrong = consumer.replace("= 'RENEWAL'", "= 'RENEW'");
  expect(await packed.typeCheck(wrong, ['es2024', 'dom', 'dom.iterable'])).toContain('\'"RENEW"\' is not assignable');
}, 60_000);

test('publint and are-the-types-wrong find nothing', async () => {
  expect(await packed.lint()).toBe('');
}, 60_000);
