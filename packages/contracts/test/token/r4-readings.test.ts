import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeBody, readings, signToken, sortMembers, tokenQuery, verifyToken } from '../../src/index.ts';
import { anyObject, drawFrom, someNumbers, withoutRepetitions, write } from '../json/document.ts';
import { accessKey, anyText, nonce, now, signedRequest } from './requests.ts';

const received = '{ "b": 1, "a": null, "c": {"z": null, "y": 2.50} }';
const sorted = '{"b":1,"c":{"z":null,"y":2.50}}';

/** `sent` arrives, but `signed` was signed. */
function request(sent: string, signed: string) {
  const query = tokenQuery(signToken({ accessKey, body: signed, nonce, timestamp: now }));
  return { ...signedRequest(), query, body: Buffer.from(sent) };
}

test('both readings are accepted, the bytes first', () => {
  expect(readings).toEqual(['raw', 'sorted']);
  expect(verifyToken(request(received, received))).toMatchObject({ ok: true, reading: 'raw' });
  expect(verifyToken(request(received, sorted))).toMatchObject({ ok: true, reading: 'sorted' });
  expect(verifyToken(request(sorted, sorted))).toMatchObject({ ok: true, reading: 'raw' });
});

test('a setting pins one reading', () => {
  expect(verifyToken({ ...request(received, received), readings: ['sorted'] }).ok).toBe(false);
  expect(verifyToken({ ...request(received, sorted), readings: ['raw'] }).ok).toBe(false);
  expect(verifyToken({ ...request(sorted, sorted), readings: ['sorted'] })).toMatchObject({ reading: 'sorted' });
  expect(verifyToken({ ...request(sorted, sorted), readings: [] }).ok).toBe(false);
});

test('any object signed in its sorted form verifies, however it is written on the wire', () => {
  fc.assert(
    fc.property(anyObject, someNumbers, (document, numbers) => {
      const sent = write(withoutRepetitions(document), drawFrom(numbers));
      const signed = sortMembers(sent) ?? '';
      const expected = sent === signed ? 'raw' : 'sorted';
      expect(verifyToken(request(sent, signed))).toMatchObject({ ok: true, reading: expected });
    }),
  );
});

test('text that the caller decoded already is used as it is', () => {
  const decoded = { ...request(received, sorted), text: received };
  expect(verifyToken(decoded)).toMatchObject({ ok: true, reading: 'sorted' });
});

test('what the signer composes reads the same both ways', () => {
  const message = fc.dictionary(anyText(), fc.oneof(fc.jsonValue(), fc.constant(undefined)));
  fc.assert(
    fc.property(message, (each) => {
      const body = composeBody(each);
      expect(sortMembers(body)).toBe(body);
      for (const reading of readings) {
        expect(verifyToken({ ...request(body, body), readings: [reading] })).toMatchObject({ ok: true, reading });
      }
    }),
  );
});

test('the signer leaves out what JSON leaves out or writes as null', () => {
  const message = { b: 1, a: undefined, n: null, x: Number.NaN, f: () => 1, nested: { n: null, u: undefined } };
  expect(composeBody(message)).toBe('{"b":1,"nested":{"n":null}}');
});

test('the sorted reading is for bodies of up to 1,000 top-level members; more would be work for whoever asks', () => {
  const withMembers = (count: number): string =>
    `{ ${Array.from({ length: count }, (_, at) => `"m${at}":0`).join(', ')} }`;
  const signedSorted = (sent: string) => verifyToken(request(sent, sortMembers(sent) ?? ''));
  expect(signedSorted(withMembers(1_000))).toMatchObject({ ok: true, reading: 'sorted' });
  expect(signedSorted(withMembers(1_001))).toEqual({ ok: false, refusal: 'signature-wrong' });
  expect(verifyToken(request(withMembers(1_001), withMembers(1_001)))).toMatchObject({ ok: true, reading: 'raw' });
});

test('what only looks like JSON has no sorted reading', () => {
  expect(verifyToken(request('{"b":1,"a":tru}', '{"a":tru,"b":1}'))).toEqual({ ok: false, refusal: 'signature-wrong' });
});
