import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { keptCredentials, makeCredentials } from '@koobridge/scripts/credentials';
import { expect, it, onTestFinished } from 'vitest';

const names = Object.keys(makeCredentials());

function fileOfAStart(): string {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-credentials-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'new', 'start.env');
}

const written = (file: string): string => readFileSync(file, 'utf8');

it('the first run makes all of them, for the owner alone; later runs change nothing', () => {
  const file = fileOfAStart();
  const made = keptCredentials(file);
  const first = written(file);
  expect(Object.keys(made).sort()).toEqual([...names].sort());
  expect(Buffer.from(made['STORAGE_KEY'] ?? '', 'base64')).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(keptCredentials(file)).toEqual(made);
  expect(written(file)).toBe(first);
});

it.each(['', '\n'])('a file of an older checkout gets what is missing, behind what is there (end: %j)', (end) => {
  const file = fileOfAStart();
  keptCredentials(file);
  const older = `# mine\nKOOBRIDGE_ADMIN_TOKEN='as it was'\nADOPT_LICENSES=false${end}`;
  writeFileSync(file, older);
  chmodSync(file, 0o600);
  const kept = keptCredentials(file);
  expect(kept).toMatchObject({ KOOBRIDGE_ADMIN_TOKEN: 'as it was', ADOPT_LICENSES: 'false' });
  expect(written(file).startsWith(older)).toBe(true);
  expect(Object.keys(parseEnv(written(file))).sort()).toEqual([...names, 'ADOPT_LICENSES'].sort());
  expect(parseEnv(written(file))).toEqual(kept);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(keptCredentials(file)).toEqual(kept);
});

it('a variable that was emptied on purpose stays empty', () => {
  const file = fileOfAStart();
  keptCredentials(file);
  writeFileSync(file, "SELLER_AK=''\n");
  expect(keptCredentials(file)['SELLER_AK']).toBe('');
});
