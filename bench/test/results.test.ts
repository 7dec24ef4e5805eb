import { expect, it } from 'vitest';
import { arms } from '../src/arms.ts';
import { partOf, withPart } from '../src/documents.ts';
import { figureNames, figureOf, isMet, ratios } from '../src/figures.ts';
import { readOptions } from '../src/options.ts';
import { kept, keptRaw } from '../src/results.ts';
import { documentedTables } from '../src/table.ts';

it('results.json holds every figure of one run, each with its spread, and nothing else but the year and the flood', () => {
  const results = kept();
  const names = Object.keys(results).filter((name) => !/^(year_of|flood)_/.test(name));
  // A part of the figures would be of another run than the rest.
  expect(names).toEqual([...figureNames].sort());
  for (const [name, figure] of Object.entries(results)) {
    const { value, spread } = figure;
    expect(figure, name).toEqual({ value: expect.any(Number), spread: [expect.any(Number), expect.any(Number)] });
    expect(value, name).toBeGreaterThanOrEqual(spread[0]);
    expect(value, name).toBeLessThanOrEqual(spread[1]);
  }
});

it.each(documentedTables())('$document shows what was kept ($part)', ({ document, part, text }) => {
  expect(partOf(document, part)).toBe(text);
});

it('rounds.json holds the rounds from which the figures were taken', () => {
  const { rounds } = keptRaw();
  for (const { name } of Object.values(arms)) expect(rounds[name]?.length, name).toBeGreaterThan(1);
  const latencies = rounds[arms.sqlite.name]?.map(({ p99Ms }) => p99Ms);
  expect(figureOf(latencies ?? [])).toEqual(kept()['p99_ms']);
});

it('writes between the marks of a document and leaves the rest', () => {
  const document = 'one\n<!-- bench: begin -->\nold\n<!-- bench: end -->\ntwo\n';
  expect(withPart(document, 'bench', 'new')).toBe('one\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\ntwo\n');
  expect(() => withPart(document, 'profile-sqlite', 'new')).toThrow('no place');
});

it('takes a ratio round for round, and its median', () => {
  expect(ratios([2, 9, 8], [1, 3, 2])).toEqual({ value: 3, spread: [2, 4] });
  expect(ratios([2, 9], [1, 3])).toEqual({ value: 2.5, spread: [2, 3] });
});

it('knows what is met', () => {
  const figure = (value: number) => ({ value, spread: [value, value] }) as const;
  expect([4.99, 5].map((value) => isMet('durable_vs_naive', figure(value)))).toEqual([false, true]);
  expect([20, 20.1].map((value) => isMet('p99_ms', figure(value)))).toEqual([true, false]);
  expect(isMet('bare_koa_vs_itself', figure(0))).toBeUndefined();
});

it('takes its options, and none that mean nothing', () => {
  expect(readOptions([])).toEqual({ quick: false, rounds: 5, only: new Set(figureNames) });
  expect(readOptions(['--quick', '--only', 'p99_ms,rss_growth', '--rounds', '3'])).toEqual({
    quick: true,
    rounds: 3,
    only: new Set(['p99_ms', 'rss_growth']),
  });
  for (const wrong of [['--only', 'p99'], ['--rounds', '0'], ['--fast']]) expect(() => readOptions(wrong)).toThrow();
});
