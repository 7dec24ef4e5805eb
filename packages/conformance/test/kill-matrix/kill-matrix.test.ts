import { describe, expect, it } from 'vitest';
import { allCases, profileIds } from '../../src/index.ts';
import { runAgainst, runTrials, trials } from './matrix.ts';

const profiles = profileIds.filter((id) => allCases.some(({ profile }) => profile === id));

describe('the faithful reference', { timeout: 60_000 }, () => {
  it.each(profiles)('passes every case of %s', async (profile) => {
    const { results } = await runAgainst({}, `${profile}.`, 4);
    expect(results.filter(({ verdict }) => verdict !== 'passed').map(({ case: each, ...rest }) => [each.id, rest])).toEqual([]);
  });
});

it('each case has a mutant', () => {
  const aimed = new Set(trials.map(({ target }) => target.id));
  expect(allCases.map(({ id }) => id).filter((id) => !aimed.has(id))).toEqual([]);
});

describe('each mutant is failed by the case it breaks, among those of its family', { timeout: 120_000 }, () => {
  const families = [...new Set(trials.map(({ target: { profile, family } }) => `${profile}.${family}.`))];
  it.each(families)('%s', async (family) => {
    const own = trials.filter(({ target }) => target.id.startsWith(family));
    const kills = await runTrials(own, ({ slow, target }) => (slow ? target.id : family), 4);
    expect(kills.filter(({ killed }) => !killed).map(({ target, seen }) => [target.id, seen])).toEqual([]);
  });
});

