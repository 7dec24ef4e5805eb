import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { accountRefusals, authTokenRefusals, bodySignRefusals, tokenRefusals } from '../../src/index.ts';
import { readVectorFile, vectors } from './vectors.ts';

const schema = JSON.parse(readVectorFile('vectors.schema.json'));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(
  schema,
);
const everyVector = [
  ...vectors.securityToken,
  ...vectors.sortedPayload,
  ...vectors.kitSignature,
  ...vectors.kitToken,
  ...vectors.authToken,
  ...vectors.authTokenQuery,
  ...vectors.authTokenBody,
  ...vectors.bodySign,
  ...vectors.bodySignHeader,
  ...vectors.accountCipher,
  ...vectors.accountText,
  ...vectors.usagePush,
  ...vectors.aksk,
];

test('no list of the file is left out here', () => {
  const lists = Object.values(JSON.parse(readVectorFile('vectors.json'))).filter((list) => Array.isArray(list));
  expect(lists.flat()).toHaveLength(everyVector.length);
});

test('the vectors follow their schema', () => {
  validate(JSON.parse(readVectorFile('vectors.json')));
  expect(validate.errors).toBeNull();
});

test('ids are unique over the whole file', () => {
  const ids = everyVector.map((vector) => vector.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R25', 'R27'])('%s has a vector', (ruling) => {
  expect(everyVector.some((vector) => vector.rulings.includes(ruling))).toBe(true);
});

const without = (refusals: readonly string[], ...others: string[]) => refusals.filter((each) => !others.includes(each));
const inHeaders = without(tokenRefusals, 'nonce-replayed', 'parameter-repeated');
test.each([
  ['securityToken', without(tokenRefusals, 'nonce-replayed')],
  ['kitToken', inHeaders],
  ['usagePush', inHeaders],
  ['authTokenQuery', without(authTokenRefusals, 'auth-token-replayed', 'body-unreadable', 'member-repeated')],
  ['authTokenBody', without(authTokenRefusals, 'auth-token-replayed', 'parameter-repeated', 'parameter-malformed')],
  ['bodySignHeader', bodySignRefusals],
  ['accountText', accountRefusals],
] as const)('%s: every refusal that needs no memory has a vector, and the schema knows no other', (list, refusals) => {
  const shown = vectors[list].flatMap(({ expected }) => (expected.outcome === 'refused' ? [expected.reason] : []));
  expect(new Set<string>(shown)).toEqual(new Set(refusals));
  const reasons = schema.$defs[list].properties.expected.oneOf[1].properties.reason.enum;
  expect(reasons.toSorted()).toEqual(refusals.toSorted());
});

const broken: [string, (file: typeof vectors) => unknown][] = [
  ['a member too many', (file) => ({ ...file, more: [] })],
  ['an unknown ruling', (file) => ({ ...file, bodySign: [{ ...file.bodySign[0], rulings: ['R28'] }] })],
  ['a comment without an end', (file) => ({ ...file, bodySign: [{ ...file.bodySign[0], comment: 'no full stop' }] })],
  ['two bodies', (file) => ({ ...file, sortedPayload: [{ ...file.sortedPayload[0], bodyBase64: 'e30=' }] })],
  ['neither ruling nor source', (file) => ({ ...file, aksk: [{ ...file.aksk[0], source: undefined }] })],
  ['a vector without outcome', (file) => ({ ...file, securityToken: [{ ...file.securityToken[0], expected: {} }] })],
];
test.each(broken)('the schema refuses %s', (_, change) => {
  expect(validate(JSON.parse(JSON.stringify(change(vectors))))).toBe(false);
});
