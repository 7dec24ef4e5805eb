import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDuplicateMember, refusalCode, signToken, sortMembers, tokenQuery, verifyToken } from '../../src/index.ts';
import { accessKey, nonce, now, signedRequest } from './requests.ts';

const body = '{"license":"PL1","activity":"x","more":[{"a":1,"\\u0061":2}]}';
const sortedQuery = tokenQuery(signToken({ accessKey, body: sortMembers(body) ?? '', nonce, timestamp: now }));

test('a repeated member is refused with 000002 whichever reading verifies, and named', () => {
  const refused = { ok: false, refusal: 'member-repeated', member: 'a' };
  const raw = verifyToken(signedRequest({ body }));
  const sorted = verifyToken({ ...signedRequest({ body }), query: sortedQuery });
  expect(raw).toMatchObject({ ...refused, token: { reading: 'raw', nonce } });
  expect(sorted).toMatchObject({ ...refused, token: { reading: 'sorted', nonce } });
  expect(refusalCode('member-repeated')).toBe('000002');
});

test('who has no key is not told about it', () => {
  const request = { ...signedRequest({ body }), keys: [{ id: 'other', secret: 'other' }] };
  expect(verifyToken(request)).toEqual({ ok: false, refusal: 'signature-wrong' });
});

test('bytes that are no UTF-8 are not searched; the parser refuses them', () => {
  const bytes = Buffer.concat([Buffer.from('{"a":1,"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  expect(verifyToken(signedRequest({ body: bytes }))).toMatchObject({ ok: true, reading: 'raw' });
});

test('a member named as an exception may occur again with an equal value, at the top alone', () => {
  const text = fc.json({ maxDepth: 2 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 2, max: 5 }), (value, other, copies) => {
      const members = Array.from({ length: copies }, () => `"x" : ${value}`).join(',\n');
      expect(findDuplicateMember(`{${members}}`, ['y', 'x'])).toBeUndefined();
      expect(findDuplicateMember(`{${members}}`, ['y'])).toBe('x');
      expect(findDuplicateMember(`{"o":{${members}}}`, ['x'])).toBe('x');
      expect(findDuplicateMember(`[{${members}}]`, ['x'])).toBe('x');
      const equal = JSON.stringify(JSON.parse(other)) === JSON.stringify(JSON.parse(value));
      fc.pre(!equal);
      for (const at of [`{"x":${other},${members}}`, `{${members},"x":${other}}`]) {
        expect(findDuplicateMember(at, ['x'])).toBe('x');
      }
    }),
  );
});

test('an excused member hides no other', () => {
  expect(findDuplicateMember('{"x":1,"x":1,"y":1,"y":1}', ['x'])).toBe('y');
  expect(findDuplicateMember('{"x":1,"x":1,"o":{"y":1,"y":1}}', ['x'])).toBe('y');
  expect(findDuplicateMember('{"x":1,"o":{"x":1,"x":1}}', ['x'])).toBe('x');
});

test('among more names than a handful a repetition is found, whichever it is', () => {
  const names = Array.from({ length: 40 }, (_, at) => `"m${at}":0`);
  expect(findDuplicateMember(`{${names.join()}}`)).toBeUndefined();
  for (const [at, member] of names.entries()) {
    expect(findDuplicateMember(`{${names.slice(0, at + 1).join()},${member}}`)).toBe(`m${at}`);
  }
});

test('the exception reaches the verification, where both readings keep it', () => {
  const doubled = '{"instanceId":"i","orgCode":"1","instanceId":"i"}';
  const request = signedRequest({ body: doubled });
  expect(verifyToken(request)).toMatchObject({ refusal: 'member-repeated' });
  expect(verifyToken({ ...request, equalRepeats: ['instanceId'] })).toMatchObject({ ok: true, reading: 'raw' });
  const sorted = tokenQuery(signToken({ accessKey, body: sortMembers(doubled) ?? '', nonce, timestamp: now }));
  expect(verifyToken({ ...request, query: sorted, equalRepeats: ['instanceId'] })).toMatchObject({ reading: 'sorted' });
});

test('many copies of an excused member cost one walk', () => {
  const text = `{${'"x":1,'.repeat(100_000)}"x":1}`;
  expect(findDuplicateMember(text, ['x'])).toBeUndefined();
});
