import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { akskWindow, type SignableRequest, sdkDate, signAksk, verifyAksk } from '../../src/index.ts';
import { anyUnits } from '../token/requests.ts';

const key = { ak: 'AK_EXAMPLE', sk: 'SK_EXAMPLE' };
const now = Date.parse('2026-01-02T03:04:05Z');
const request = {
  method: 'POST',
  target: '/v1/license/activate?b=2&a=1',
  headers: { Host: 'mkt.myhuaweicloud.com', 'Content-Type': 'application/json' },
  body: '{"license":"PL000001"}',
};
const headers = signAksk(request, key, now);
const signed: SignableRequest = { ...request, headers };
const { Authorization: authorization = '' } = headers;

const refusal = (changed: SignableRequest, clock = now) => {
  const verification = verifyAksk(changed, key, clock);
  return verification.ok ? undefined : verification.refusal;
};
const withHeader = (name: string, value: string): SignableRequest => ({
  ...signed,
  headers: { ...headers, [name]: value },
});
const without = (name: string): SignableRequest => {
  const { [name]: _, ...rest } = headers;
  return { ...signed, headers: rest };
};

test('what is signed verifies', () => {
  expect(authorization).toMatch(
    /^SDK-HMAC-SHA256 Access=AK_EXAMPLE, SignedHeaders=content-type;host;x-sdk-date, Signature=[0-9a-f]{64}$/,
  );
  expect(headers['X-Sdk-Date']).toBe('20260102T030405Z');
  expect(refusal(signed)).toBeUndefined();
});

describe('the same request in another guise verifies', () => {
  test.each(['toLowerCase', 'toUpperCase'] as const)('header names: %s', (change) => {
    const renamed = Object.entries(headers).map(([name, value]) => [name[change](), value]);
    expect(refusal({ ...signed, headers: Object.fromEntries(renamed) })).toBeUndefined();
  });
  test('method in lower case', () => expect(refusal({ ...signed, method: 'post' })).toBeUndefined());
  test('query in another order', () => {
    expect(refusal({ ...signed, target: '/v1/license/activate?a=1&b=2' })).toBeUndefined();
  });
  test('path closed by a slash', () => {
    expect(refusal({ ...signed, target: '/v1/license/activate/?b=2&a=1' })).toBeUndefined();
  });
  test('path escaped beyond need', () => {
    expect(refusal({ ...signed, target: '/v1/licens%65/activate?b=2&a=1' })).toBeUndefined();
  });
  test('more headers than were signed', () => expect(refusal(withHeader('X-More', 'x'))).toBeUndefined());
  test('body as bytes', () => expect(refusal({ ...signed, body: Buffer.from(request.body) })).toBeUndefined());
  test('no blanks between the parts', () => {
    expect(refusal(withHeader('Authorization', authorization.replaceAll(', ', ',')))).toBeUndefined();
  });
});

describe('any change of what was signed is noticed', () => {
  test.each<[string, SignableRequest]>([
    ['method', { ...signed, method: 'PUT' }],
    ['path', { ...signed, target: '/v2/license/activate?b=2&a=1' }],
    ['query', { ...signed, target: '/v1/license/activate?b=2&a=2' }],
    ['query, a parameter more', { ...signed, target: '/v1/license/activate?b=2&a=1&c' }],
    ['header', withHeader('Host', 'mkt.example')],
    ['date', withHeader('X-Sdk-Date', sdkDate(now + 1000))],
    ['body', { ...signed, body: `${request.body} ` }],
    [
      'signature',
      withHeader(
        'Authorization',
        authorization.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      ),
    ],
    ['list of headers', withHeader('Authorization', authorization.replace('content-type;', ''))],
    ['order of the list', withHeader('Authorization', authorization.replace('Signature=', 'Signature=0').slice(0, -1))],
  ])('%s', (_, changed) => expect(refusal(changed)).toBe('signature-wrong'));

  test('secret key', () => {
    expect(verifyAksk(signed, { ...key, sk: 'other' }, now)).toEqual({ ok: false, refusal: 'signature-wrong' });
  });
  test('an unsigned payload is not accepted', () => {
    expect(refusal({ ...withHeader('X-Sdk-Content-Sha256', 'UNSIGNED-PAYLOAD'), body: 'other' })).toBe(
      'signature-wrong',
    );
  });
});

test('the canonical request lists its headers in order, whatever the client wrote', () => {
  const shuffled = authorization.replace('content-type;host;x-sdk-date', 'x-sdk-date;host;content-type');
  expect(refusal(withHeader('Authorization', shuffled))).toBeUndefined();
});

describe('reasons', () => {
  test.each<[string, SignableRequest]>([
    ['authorization-missing', without('Authorization')],
    ['authorization-missing', withHeader('Authorization', '')],
    ['authorization-missing', withHeader('Authorization', 'Bearer x')],
    ['authorization-malformed', withHeader('Authorization', 'SDK-HMAC-SHA256')],
    ['authorization-malformed', withHeader('Authorization', authorization.slice(0, -1))],
    ['authorization-malformed', withHeader('Authorization', `${authorization}0`)],
    [
      'authorization-malformed',
      withHeader(
        'Authorization',
        authorization.replace(/Signature=.*/, (s) => s.toUpperCase()),
      ),
    ],
    ['authorization-malformed', withHeader('Authorization', authorization.replace('Access=AK_EXAMPLE, ', ''))],
    ['authorization-malformed', withHeader('Authorization', authorization.replace('host', 'Host'))],
    ['access-key-unknown', withHeader('Authorization', authorization.replace('AK_EXAMPLE', 'AK_OTHER'))],
    ['date-malformed', without('X-Sdk-Date')],
    ['date-malformed', withHeader('X-Sdk-Date', '2026-01-02T03:04:05Z')],
    ['date-malformed', withHeader('X-Sdk-Date', '20260230T030405Z')],
    ['date-malformed', withHeader('X-Sdk-Date', '99999999T999999Z')],
    ['date-malformed', withHeader('X-Sdk-Date', '20260102T030405')],
    ['date-not-signed', withHeader('Authorization', authorization.replace(';x-sdk-date', ''))],
  ])('%s', (reason, changed) => expect(refusal(changed)).toBe(reason));

  test('the window is 15 minutes to either side, inclusive', () => {
    expect(akskWindow).toBe(900_000);
    for (const difference of [-akskWindow, akskWindow]) expect(refusal(signed, now + difference)).toBeUndefined();
    for (const difference of [-akskWindow - 1, akskWindow + 1, Number.NaN]) {
      expect(refusal(signed, now + difference)).toBe('date-out-of-window');
    }
  });
});

test('never throws, whatever the request', () => {
  const header = fc.tuple(fc.constantFrom('authorization', 'host', 'x-sdk-date', '__proto__'), anyUnits(40));
  const almost = anyUnits(10).map(
    (text) => `SDK-HMAC-SHA256 Access=AK_EXAMPLE, SignedHeaders=${text}, Signature=${'0'.repeat(64)}`,
  );
  fc.assert(
    fc.property(
      anyUnits(9),
      anyUnits(40),
      fc.array(header),
      almost,
      fc.double(),
      (method, target, pairs, value, clock) => {
        for (const more of [
          {},
          { authorization: value, 'x-sdk-date': sdkDate(now) },
          { Authorization: authorization },
        ]) {
          const verification = verifyAksk(
            { method, target, headers: { ...Object.fromEntries(pairs), ...more }, body: method },
            key,
            clock,
          );
          expect(verification.ok).toBe(false);
          expect(JSON.stringify(verification)).not.toContain(key.sk);
        }
      },
    ),
  );
});
