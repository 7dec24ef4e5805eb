import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '@koobridge/scripts/processes';
import { describe, expect, it } from 'vitest';

const isInstalled = (path: string): boolean => /node_modules|\/dist\//.test(path);
const files = (pattern: string): string[] => globSync(pattern, { cwd: root, exclude: isInstalled });
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'README.zh-CN.md',
  ...files('{docs,docs/zh-CN,examples}/*.md'),
  ...files('{packages,apps}/*/README.md'),
];
const rulings = read('docs/rulings.md');

/** The ids a text names; `R15–R19` and `R15 to R19` name all between. */
function ids(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, first = '', last = first] of text.matchAll(/\bR(\d+)(?:(?:–|-| to )R(\d+))?\b/g)) {
    for (let number = Number(first); number <= Number(last); number += 1) found.add(`R${number}`);
  }
  return found;
}

describe.each(documents)('%s', (document) => {
  it('links only to what is there', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)\s#]+)(#[^)\s]*)?\)/g)].map(
      ([, target = '']) => target,
    );
    expect(links.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

it('docs/architecture.md names only files and folders that are there', () => {
  const folders: Readonly<Record<string, string>> = {
    contracts: 'packages/contracts',
    server: 'apps/server',
    market: 'apps/mock-marketplace',
    packages: 'packages',
  };
  const paths = [...read('docs/architecture.md').matchAll(/`(contracts|server|market|packages)(\/[\w./-]+)`/g)];
  expect(paths.length).toBeGreaterThan(50);
  const missing = paths.filter(([, folder = '', rest = '']) => !existsSync(join(root, folders[folder] ?? '', rest)));
  expect(missing.map(([path]) => path)).toEqual([]);
});

describe('rulings', () => {
  const explained = new Set([...rulings.matchAll(/^##+ (R\d+)\b/gm)].map(([, id = '']) => id));
  const sources = files('{packages,apps}/*/src/**/*.ts');

  it('are all explained, R1 to R27', () => {
    expect([...explained]).toEqual(Array.from({ length: 27 }, (_, index) => `R${index + 1}`));
  });

  it('that code and documents name are explained', () => {
    const unexplained = [...sources, ...documents].flatMap((file) =>
      [...ids(read(file))].filter((id) => !explained.has(id)).map((id) => `${file}: ${id}`),
    );
    expect(unexplained).toEqual([]);
  });

  it('are all named in the code that follows them', () => {
    const named = new Set(sources.flatMap((file) => [...ids(read(file))]));
    const followed = Array.from({ length: 27 }, (_, index) => `R${index + 1}`);
    expect(followed.filter((id) => !named.has(id))).toEqual([]);
  });
});
