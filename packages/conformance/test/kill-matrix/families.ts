import { allCases } from '../../src/index.ts';
import type { Trial } from './matrix.ts';

/** Of the schemas, whose cases are many, a family is one member of an interface, or what else there is of the interface. */
export const familyOf = ({ target: { profile, family, slug } }: Trial): string =>
  `${profile}.${family}.${family === 'schema' ? (memberOf(slug) ?? `${slug.split('-')[0]}-`) : ''}`;

const memberOf = (slug: string): string | undefined =>
  /^(.+-)(?:missing|null|empty|mistyped|too-long|unlisted|no-number|impossible|other-form|no-date)$/.exec(slug)?.[1];

/** What a mutant meets in `test`: its family, but for the cases that are heavy; those, and the slow mutants, meet nothing else. */
export const companions = (trial: Trial): readonly string[] =>
  trial.slow || trial.target.alone === true
    ? [trial.target.id]
    : allCases.filter(({ id, alone }) => id.startsWith(familyOf(trial)) && alone !== true).map(({ id }) => id);

/** What a mutant meets in the whole matrix: every case of its profile. */
export const wholeProfile = ({ target: { profile, id }, slow }: Trial): readonly string[] =>
  slow ? [id] : [`${profile}.`];
