import { expect, test } from 'vitest';
import { refusalCode, signToken, sortMembers, tokenQuery, verifyToken } from '../../src/index.ts';
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
