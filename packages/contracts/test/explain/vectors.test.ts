import { expect, test } from 'vitest';
import { type ClassedKey, explain, sortMembers } from '../../src/index.ts';
import { vectors } from '../vectors/vectors.ts';
import { address, baseRequest, explained, gist, now } from './requests.ts';

test.each([
  ['6dddba6b636e8a2da0745cdd56021ed931c552a1857c8d061861ce084a2af052', 'raw'],
  ['94eb10e1296a0a30986057fd7aa2f864e8fe03efd97eea132ee9f496ef1809f9', ['formula-of-kit']],
  ['ab7bee31adbfeffaae8e98a2c9840bcece5261ad33fedb4839c4d60c4dab04f0', ['inner-sha256']],
  ['3e3035e633c5c08601438a0db37ea311ed802cdcf870ab0cd1bf22a8b023d075', ['inner-upper-case']],
  ['c884c76901d6c9a985ab473785b0d7712d84b6813e8f630ede9e4b40780fd694', ['outer-key-empty']],
  ['1e8ea1ccc725e0a18a2ee513e987db39b3dfdb74b8cfdb7784c1326883447422', ['body-newline-added']],
  ['8f4074c103b54b076776074f8da349b7f242ec54be3ccd331ac8ad3bf3a4884c', ['timestamp-cut']],
])('%s of body A: %s', (signature, expected) => {
  expect(gist(explained(baseRequest(signature)))).toEqual(expected);
});

test('the descending order that some pages print', () => {
  const keys: readonly ClassedKey[] = [{ id: 'b', class: 'base', secret: 'test-access-key-0001' }];
  const query =
    'signature=84FCE07026E1F6552C0230096EA81C3E39C0860671F7ED603C98A03C6EC81737&timestamp=1680508066618&nonce=50D83FDECAED6CCD8EF597F2A577950527928BA287D04E6036E92B2806FD17DA';
  const body =
    '{"activity":"newInstance","businessId":"87b94795-0603-4e24-8ae5-69420d60e3c8","orderId":"CS2211181819B4LVS","orderLineId":"CS2211181819B4LVS-000001","testFlag":"1"}';
  const explanation = explain({ query, body }, { keys, now: 1_680_508_066_618 });
  expect(gist(explanation)).toEqual(['body-sorted-descending']);
});

test.each(vectors.kitSignature)('$id', ({ accessKey, nonce, timestamp, body, reading, expected }) => {
  const headers = { 'x-sign': expected.signature, 'x-timestamp': timestamp, 'x-nonce': nonce };
  const keys: readonly ClassedKey[] = [{ id: 'k', class: 'kit', secret: accessKey }];
  const explanation = explain({ url: `${address}/produceAPI/v2/tenantSync`, headers, body }, { keys, now });
  expect(gist(explanation)).toBe(sortMembers(body) === body ? 'raw' : reading);
});

test.each(vectors.authToken)('$id', ({ key, parameters, expected }) => {
  const query = Object.entries({ ...parameters, authToken: expected.authToken })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const explanation = explain({ query }, { keys: [{ id: 'v', class: 'v1', secret: key }], now });
  expect(explanation).toMatchObject({ outcome: 'verifies', keyId: 'v', tokenHolds: false });
});

test.each(vectors.securityToken)('$id: agrees with the verification', (vector) => {
  const body = vector.body ?? Buffer.from(vector.bodyBase64 ?? '', 'base64');
  const keys = (['base', 'license', 'general'] as const).flatMap((name) =>
    vector.keys.map((key) => ({ ...key, class: name })),
  );
  const explanation = explain({ query: vector.query, body }, { keys, now: vector.now });
  const holds = explanation.outcome === 'verifies' && explanation.tokenHolds;
  expect(holds).toBe(vector.expected.outcome === 'verifies');
  if (explanation.outcome === 'verifies' && vector.expected.outcome === 'verifies') {
    expect(explanation.reading).toBe(vector.expected.readings[0]);
    expect(explanation.keyId).toBe(vector.expected.keyId);
  }
});
