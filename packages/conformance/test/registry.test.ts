import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rulingIds } from '../src/clauses.ts';
import { allCases, clause } from '../src/index.ts';
import { tombstones } from './tombstones.ts';

const file = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const ids = allCases.map(({ id }) => id);

describe('the ids of cases', () => {
  it('are unique slugs of profile, family and case', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*){2}$/.test(id))).toEqual([]);
  });

  it('are those of ids.txt: a new one is added there, a removed one moves to the tombstones', () => {
    const listed = file('ids.txt').split('\n').filter(Boolean);
    expect(ids.filter((id) => !listed.includes(id))).toEqual([]);
    expect(listed.filter((id) => !ids.includes(id) && !tombstones.includes(id))).toEqual([]);
  });

  it('are never those of a removed case', () => {
    expect(tombstones.filter((id) => ids.includes(id))).toEqual([]);
  });

  it('are at least 150', () => {
    expect(ids.length).toBeGreaterThanOrEqual(150);
  });
});

describe('the clauses of cases', () => {
  it.each([
    ['en', 'docs/rulings.md'],
    ['zh', 'docs/zh-CN/rulings.md'],
  ] as const)('resolve to a ruling as it is titled in %s, or to a page of the store', (language, document) => {
    const titles = [...file(`../../../${document}`).matchAll(/^### (.+)$/gm)].map(
      ([, title = '']) => `${document}#${title.toLowerCase().replaceAll(' ', '-')}`,
    );
    const addresses = allCases.map((each) => clause(each.clause, language).address);
    const pages = addresses.filter((address) => address.startsWith('https://support.huaweicloud.com/'));
    expect(addresses.filter((address) => !titles.includes(address) && !pages.includes(address))).toEqual([]);
  });

  it('leave out no ruling that a black box can see', () => {
    const cited = new Set(allCases.map((each) => each.clause));
    // Of the others, durability needs a crash, and what lies encrypted is not seen from outside.
    expect(rulingIds.filter((id) => !cited.has(id))).toEqual([]);
  });
});

it('every text of a case stands in both languages', () => {
  const texts = allCases.flatMap(({ requirement, why, mistake }) => [
    requirement,
    why,
    ...(mistake === undefined ? [] : [mistake]),
  ]);
  expect(texts.filter(({ en, zh }) => en === '' || !/\p{Script=Han}/u.test(zh))).toEqual([]);
});
