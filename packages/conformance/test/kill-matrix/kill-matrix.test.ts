import { describe, expect, it } from 'vitest';
import { allCases, profileIds } from '../../src/index.ts';
import { companions, familyOf, wholeProfile } from './families.ts';
import { runAgainst, runTrials, trials } from './matrix.ts';

/** `test:full` runs the whole matrix. */
const isWhole = process.env['TEST_EVERYTHING'] === 'true';
const [meets, those] = isWhole ? ([wholeProfile, 'of its profile'] as const) : ([companions, 'of its family'] as const);

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

describe.concurrent(`each mutant is failed by the case it breaks, among those ${those}`, {
  timeout: isWhole ? 3_600_000 : 300_000,
}, () => {
  it.each([...new Set(trials.map(familyOf))])('%s', async (family) => {
    const own = trials.filter((trial) => familyOf(trial) === family);
    const kills = await runTrials(own, meets, 4);
    expect(kills.filter(({ killed }) => !killed).map(({ target, seen }) => [target.id, seen])).toEqual([]);
  });
});
