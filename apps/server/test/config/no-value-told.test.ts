import fc from 'fast-check';
import { expect, test } from 'vitest';
import { variableNames } from '../../src/config/variables.ts';
import { problems } from './reading.ts';

/** Long enough to occur in no message by chance. */
const secret = fc.stringMatching(/^[A-Za-z0-9+/_-]{12,60}$/);

/** A secret as it is, in a form that is nearly right, or behind the wrong name. */
const value = fc.tuple(
  secret,
  fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => `${text} with blanks`,
    (text) => `whsec_${text}`,
    (text) => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`,
    (text) => `https://${text}:${text}@store.example/${text}`,
    (text) => `postgres://user:${text}@db`,
    (text) => `{"license":"${text}"}`,
    (text) => `{"license":[{"id":"1","secret":"${text}"},{"id":"1","secret":"${text}"}]}`,
    (text) => `{"license":[{"id":1,"secret":["${text}"]},"${text}"]} ${text}`,
  ),
);

const assigned = fc.dictionary(fc.constantFrom(...variableNames), value, { minKeys: 1 });

test('no message holds a value, wherever it was set and whatever is wrong with it', () => {
  fc.assert(
    fc.property(assigned, assigned, (inEnvironment, inFile) => {
      const texts = (given: typeof inFile) =>
        Object.fromEntries(Object.entries(given).map(([name, [text, form]]) => [name, form(text)]));
      // The file's type has every name of the list; its values are what an unchecked file may hold.
      const told = problems(texts(inEnvironment), {}, texts(inFile)).join('\n');
      for (const [text] of [...Object.values(inEnvironment), ...Object.values(inFile)])
        expect(told).not.toContain(text);
    }),
    { numRuns: 300 },
  );
});
