import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { documentFile, interfacesDocument, rows } from '@koobridge/scripts/interfaces/document';
import { placeOf } from '@koobridge/scripts/interfaces/places';
import { languages } from '@koobridge/scripts/interfaces/words';
import { root } from '@koobridge/scripts/processes';
import { describe, expect, it, test } from 'vitest';

describe.each(languages)('the document in %s', (language) => {
  const document = interfacesDocument(language);
  const lines = document.split('\n').filter((line) => line.startsWith('|'));

  it('is as `npx -y pnpm@12 interfaces` writes it', () => {
    expect(readFileSync(join(root, documentFile[language]), 'utf8')).toBe(document);
  });

  it('has one line for each interface, with all columns filled', () => {
    expect(lines.length).toBe(rows.length + 2);
    for (const line of lines) expect(line.split('|').filter((cell) => cell.trim() !== '').length).toBe(10);
  });

  it('links only to what is there', () => {
    const folder = join(root, documentFile[language], '..');
    const links = [...document.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(links.length).toBeGreaterThan(2 * rows.length);
    expect(links.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });
});

test.each(languages)('the rulings that the document in %s names have the headings it links to', (language) => {
  const folder = join(root, documentFile[language], '..');
  const links = [...interfacesDocument(language).matchAll(/\]\(([^)#]+)#([^)]+)\)/g)];
  expect(links.length).toBeGreaterThan(0);
  for (const [, file = '', anchor = ''] of links) {
    const headings = readFileSync(join(folder, file), 'utf8').matchAll(/^#+ (.+)$/gm);
    expect([...headings].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'))).toContain(anchor);
  }
});

describe.each(rows)('$name, $generation, $direction', (row) => {
  const { handled, tests } = placeOf(row) ?? { handled: [], tests: [] };

  it('is handled in files that are there', () => {
    expect(handled.length).toBeGreaterThan(0);
    expect(handled.filter((file) => !isFile(file))).toEqual([]);
  });

  it('has tests', () => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('is named in one of its tests', () => {
    const files = tests.filter((file) => isFile(file));
    expect(files.filter((file) => readFileSync(join(root, file), 'utf8').includes(row.name))).not.toEqual([]);
  });
});

test('--check is content with what stands there', () => {
  const printed = execFileSync(process.execPath, ['scripts/src/interfaces.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(printed).toBe('docs/interfaces.md is up to date\ndocs/zh-CN/interfaces.md is up to date\n');
});

const isFile = (file: string): boolean => statSync(join(root, file), { throwIfNoEntry: false })?.isFile() === true;
