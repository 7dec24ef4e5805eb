import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../src/database/open.ts';

/** A file that cannot be used is told with its name, the variable that names it, and what to do. */

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mock-marketplace-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function problem(path: string): string {
  try {
    openDatabase(path).close();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

test.each<[string, (inside: string) => string, RegExp]>([
  [
    'a folder',
    (inside) => {
      mkdirSync(join(inside, 'market.db'));
      return join(inside, 'market.db');
    },
    /illegal operation on a directory/,
  ],
  [
    'a file in what is no folder',
    (inside) => {
      writeFileSync(join(inside, 'file'), '');
      return join(inside, 'file', 'market.db');
    },
    /ENOTDIR|EEXIST/,
  ],
  [
    'another kind of file',
    (inside) => {
      writeFileSync(join(inside, 'notes.txt'), 'not a database, and more than enough to be none. '.repeat(40));
      return join(inside, 'notes.txt');
    },
    /file is not a database/,
  ],
  [
    'a file that a marketplace uses',
    (inside) => {
      const path = join(inside, 'market.db');
      const used = openDatabase(path);
      onTestFinished(() => used.close());
      return path;
    },
    /database is locked/,
  ],
  [
    'a file of a newer program',
    (inside) => {
      const path = join(inside, 'market.db');
      const newer = new DatabaseSync(path);
      newer.exec('PRAGMA user_version = 1000');
      newer.close();
      return path;
    },
    /version 1000/,
  ],
])('%s', (_, prepare, why) => {
  const path = prepare(folder());
  const said = problem(path);
  expect(said).toMatch(why);
  expect(said).toContain(path);
  expect(said).toMatch(/DATABASE_URL.*:.*\.$/);
  expect(said).not.toContain('\n');
});

test('what is no database is left as it is', () => {
  const path = join(folder(), 'notes.txt');
  const notes = 'not a database, and more than enough to be none. '.repeat(40);
  writeFileSync(path, notes);
  problem(path);
  expect(readFileSync(path, 'utf8')).toBe(notes);
});
