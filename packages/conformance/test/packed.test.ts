import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackedPackage, packAndExtract } from '@koobridge/packed';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCases } from '../src/index.ts';

const packageDir = join(import.meta.dirname, '..');
let packed: PackedPackage;
beforeAll(async () => {
  packed = await packAndExtract(packageDir, ['@koobridge/contracts']);
}, 120_000);
afterAll(() => packed?.remove());

test('holds the build, the schema of its report, a README and the license, and nothing else', async () => {
  const others = packed.files.filter((file) => !/^dist\/[a-z0-9/-]+\.(js|d\.ts)$/.test(file));
  expect(others).toEqual(['LICENSE', 'README.md', 'package.json', 'report.schema.json']);
  expect(await packed.read('LICENSE')).toBe(readFileSync(join(packageDir, '..', '..', 'LICENSE'), 'utf8'));
});

test('has a command that Node runs', async () => {
  const { bin } = JSON.parse(await packed.read('package.json'));
  expect(bin).toEqual({ 'koobridge-conform': './dist/bin.js' });
  expect(await packed.read('dist/bin.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('lists its cases, and runs them', async () => {
  const printed = await packed.run(`
    import { allCases, conform, runSuite } from '@koobridge/conformance';
    const ring = [{ id: 'k', secret: 's' }];
    const keys = { license: ring, base: [], kit: [], general: [], v1: [] };
    const { exitCode } = await runSuite({ address: 'http://127.0.0.1:9/', keys, profiles: ['license'] });
    const silent = { write: () => true };
    const listed = await conform(['--list'], { env: {}, stdout: silent, stderr: silent });
    console.log(JSON.stringify([allCases.length, exitCode, listed]));
  `);
  expect(JSON.parse(printed)).toEqual([allCases.length, 3, 0]);
}, 60_000);

test('types its options: a profile that does not exist is an error', async () => {
  const program = `
    import { runSuite, type SuiteReport } from '@koobridge/conformance';
    const keys = { license: [{ id: 'k', secret: 's' }], base: [], kit: [], general: [], v1: [] };
    export const report: Promise<SuiteReport> = runSuite({ address: 'http://localhost', keys, profiles: ['license'] });
  `;
  expect(await packed.typeCheck(program, ['es2024'])).toBe('');
  expect(await packed.typeCheck(program.replace("['license']", "['licence']"), ['es2024'])).toContain('"licence"');
}, 120_000);

test('publint and are-the-types-wrong find nothing', async () => {
  expect(await packed.lint()).toBe('');
}, 60_000);
