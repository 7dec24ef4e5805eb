import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { typed } from './typed.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const signIn = (cwd: string, variables: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(process.execPath, [main, 'sign', 'newInstance'], {
    cwd,
    env: { PATH: process.env['PATH'], ...variables },
  });

test('without KOOBRIDGE_KEYS, the keys that start made are taken from the folder it was started in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  await expect(signIn(folder)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('KOOBRIDGE_KEYS: is missing'),
  });
  mkdirSync(join(folder, '.koobridge'));
  const KOOBRIDGE_KEYS = '{"base":[{"id":"made","secret":"made-by-start"}]}';
  writeFileSync(join(folder, '.koobridge', 'start.env'), `OTHER='x'\nKOOBRIDGE_KEYS='${KOOBRIDGE_KEYS}'\n`);
  const { stdout } = await signIn(folder);
  expect(await typed(['explain'], { stdin: stdout, variables: { KOOBRIDGE_KEYS } })).toMatchObject({
    code: 0,
    out: expect.stringContaining('the key "made" of the class "base"'),
  });
  const other = await signIn(folder, { KOOBRIDGE_KEYS: '{"base":[{"id":"set","secret":"set-by-hand"}]}' });
  expect((await typed(['explain'], { stdin: other.stdout, variables: { KOOBRIDGE_KEYS } })).code).toBe(1);
});

test.each([
  ['no JSON', '{"base":"hush-hush"', 'is no JSON'],
  ['an unknown class', '{"bass":[{"id":"k","secret":"hush-hush"}]}', 'no class of keys'],
  ['no key', '{}', 'has no key at all'],
])('KOOBRIDGE_KEYS with %s is refused without its text', async (_, KOOBRIDGE_KEYS, sentence) => {
  for (const command of ['sign', 'trigger', 'explain']) {
    const args = command === 'explain' ? [command] : [command, 'newInstance'];
    const { code, err } = await typed(args, { variables: { KOOBRIDGE_KEYS } });
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(err).not.toContain('hush');
  }
});
