import { describe, expect, it } from 'vitest';
import { allCases, profileIds } from '../../src/index.ts';
import { runAgainst, runTrials, type Trial, trials } from './matrix.ts';

const profiles = profileIds.filter((id) => allCases.some(({ profile }) => profile === id));

describe('the faithful reference', { timeout: 300_000 }, () => {
  it.each(profiles)('passes every case of %s', async (profile) => {
    const { results } = await runAgainst({}, [`${profile}.`], 4);
    expect(
      results.filter(({ verdict }) => verdict !== 'passed').map(({ case: each, ...rest }) => [each.id, rest]),
    ).toEqual([]);
  });
});

it('each case has a mutant', () => {
  const aimed = new Set(trials.map(({ target }) => target.id));
  expect(allCases.map(({ id }) => id).filter((id) => !aimed.has(id))).toEqual([]);
});

/** Of the schemas, whose cases are many, a family is one interface. */
const familyOf = ({ target: { profile, family, slug } }: Trial): string =>
  `${profile}.${family}.${family === 'schema' ? `${slug.split('-')[0]}-` : ''}`;

/** What a mutant meets: its family, but for the cases that are heavy; those, and the slow mutants, meet nothing else here. */
const companions = ({ target, slow }: Trial, family: string): readonly string[] =>
  slow || target.alone === true
    ? [target.id]
    : allCases.filter(({ id, alone }) => id.startsWith(family) && alone !== true).map(({ id }) => id);

describe.concurrent('each mutant is failed by the case it breaks, among those of its family', {
  timeout: 300_000,
}, () => {
  it.each([...new Set(trials.map(familyOf))])('%s', async (family) => {
    const own = trials.filter((trial) => familyOf(trial) === family);
    const kills = await runTrials(own, (trial) => companions(trial, family), 4);
    expect(kills.filter(({ killed }) => !killed).map(({ target, seen }) => [target.id, seen])).toEqual([]);
  });
});
