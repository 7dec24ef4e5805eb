import { stringify } from 'node:querystring';
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSdkDate, type SignableRequest, verifyAksk } from '../../src/index.ts';
import { vectors } from '../vectors/vectors.ts';

/** Requests that the signer of Huawei Cloud's own SDK for Node.js signs, sent as that SDK sends them. */
const origin = 'https://mkt.myhuaweicloud.com';
const key = { ak: 'AK_EXAMPLE', sk: 'SK_EXAMPLE' };

interface Call {
  readonly method: string;
  readonly endpoint: string;
  readonly queryParams?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

function sdkHeaders({ method, endpoint, queryParams, headers, data }: Call, { ak, sk } = key): Record<string, string> {
  const credential = { getAk: () => ak, getSk: () => sk } as Parameters<typeof AKSKSigner.sign>[1]; // it reads no more
  // A copy, because it sorts the lists of values in place.
  const request = { method, endpoint, queryParams: structuredClone({ ...queryParams }), headers: { ...headers }, data };
  return AKSKSigner.sign(request, credential);
}

/** The request on the wire: the SDK writes its query with `querystring` and its data as JSON. */
function sent(call: Call): SignableRequest {
  const query = stringify({ ...call.queryParams } as Record<string, string>); // whatever it holds, as the SDK does
  const path = call.endpoint.slice(origin.length);
  return {
    method: call.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: { 'Content-Type': 'application/json', ...sdkHeaders(call) },
    body: call.data === undefined ? '' : JSON.stringify(call.data),
  };
}

const dateOf = (request: SignableRequest): number => readSdkDate(request.headers['X-Sdk-Date'] ?? '') ?? Number.NaN;
const verdict = (request: SignableRequest, now = dateOf(request)) => {
  const verification = verifyAksk(request, key, now);
  return verification.ok ? 'verifies' : verification.refusal;
};

const query: Call = {
  method: 'GET',
  endpoint: `${origin}/api/mkp-openapi-public/global/v1/order/query`,
  queryParams: { orderId: 'CS2207261447AUY4H', orderLineId: 'CS2207261447AUY4H-000001' },
};
const activate: Call = {
  method: 'POST',
  endpoint: `${origin}/api/mkp-openapi-public/global/v1/license/activate`,
  headers: { 'content-type': 'application/json' },
  data: { license: 'PL000001', note: '测试 "quoted"' },
};

describe('what it signs verifies', () => {
  test.each<[string, Call]>([
    ['a query', query],
    ['a body', activate],
    ['no query', { ...query, queryParams: {} }],
    ['a path closed by a slash', { ...query, endpoint: `${query.endpoint}/` }],
    ['a doubled slash in the path', { ...query, endpoint: `${origin}/v1//order` }],
    ['a path that is not ASCII', { ...query, endpoint: `${origin}/v1/订单` }],
    ['reserved characters in the path that no URL escapes', { ...query, endpoint: `${origin}/v1/a!(b)*c,d=e&f` }],
    ['reserved characters in the query', { ...query, queryParams: { "a !'()*+,/:;=?@&": "x !'()*+,/:;=?@&%~" } }],
    ['a query that is not ASCII', { ...query, queryParams: { 名: '值', Z: '😀', a: 'é' } }],
    ['names in upper and lower case', { ...query, queryParams: { b: '1', F: '2', a: '3' } }],
    ['an empty value', { ...query, queryParams: { parm1: 'value1', parm2: '' } }],
    ['a list of values', { ...query, queryParams: { id: ['b', 'a', 'B', 'ä'] } }],
    ['numbers', { ...query, queryParams: { limit: 2, offset: 0 } }],
    [
      'other headers',
      { ...activate, headers: { 'content-type': 'application/json', 'x-stage': 'RELEASE', 'X-A': '1' } },
    ],
    ['a given date', { ...query, headers: { 'X-Sdk-Date': '20260102T030405Z' } }],
  ])('%s', (_, call) => expect(verdict({ ...sent(call) })).toBe('verifies'));

  test('any query', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
    );
    const queryParams = fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), value);
    fc.assert(
      fc.property(queryParams, (params) => {
        expect(verdict(sent({ ...query, queryParams: params }))).toBe('verifies');
      }),
    );
  });

  test('any body', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (data) => {
        expect(verdict(sent({ ...activate, data }))).toBe('verifies');
      }),
    );
  });

  test('any plain path', () => {
    const path = fc.array(fc.stringMatching(/^[A-Za-z0-9_.~!*(),-]{1,9}$/), { maxLength: 5 });
    fc.assert(
      fc.property(
        path.filter((segments) => !segments.some((segment) => /^\.+$/.test(segment))),
        (segments) => {
          expect(verdict(sent({ ...query, endpoint: `${origin}/${segments.join('/')}` }))).toBe('verifies');
        },
      ),
    );
  });
});

describe('any change of what it signed is noticed', () => {
  const signed = sent(activate);
  test.each<[string, SignableRequest]>([
    ['method', { ...signed, method: 'PUT' }],
    ['path', { ...signed, target: signed.target.replace('v1', 'v2') }],
    ['query', { ...signed, target: `${signed.target}?a=1` }],
    ['header', { ...signed, headers: { ...signed.headers, host: 'mkt.example' } }],
    ['body', { ...signed, body: `${signed.body} ` }],
  ])('%s', (_, changed) => expect(verdict(changed)).toBe('signature-wrong'));

  test('one character of any query', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(value, value, (one, other) => {
        fc.pre(one !== other);
        const request = sent({ ...query, queryParams: { orderId: one } });
        const changed = sent({ ...query, queryParams: { orderId: other } });
        expect(verdict({ ...request, target: changed.target })).toBe('signature-wrong');
      }),
    );
  });
  test('one bit of any body', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.integer({ min: 0, max: 7 }), (value, at, bit) => {
        const request = sent({ ...activate, data: { value } });
        const bytes = Buffer.from(request.body);
        const index = at % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
        expect(verdict({ ...request, body: bytes })).toBe('signature-wrong');
      }),
    );
  });
  test('the secret key', () => {
    expect(verifyAksk(signed, { ...key, sk: 'other' }, dateOf(signed))).toEqual({
      ok: false,
      refusal: 'signature-wrong',
    });
  });
});

describe('it and we agree on the vectors', () => {
  const plain = ['aksk-guide-example', 'aksk-activate', 'aksk-order-query']; // the other needs escapes, see below
  test.each(vectors.aksk.filter(({ id }) => plain.includes(id)))('$id', ({ ak, sk, request, expected }) => {
    const given = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const { searchParams, pathname } = new URL(request.target, 'https://any.example');
    const headers = Object.fromEntries([...given].filter(([name]) => name !== 'host' && name !== 'x-sdk-date'));
    const call = {
      method: request.method,
      endpoint: `https://${given.get('host')}${pathname}`,
      queryParams: Object.fromEntries(searchParams),
      headers: { ...headers, 'X-Sdk-Date': given.get('x-sdk-date') ?? '' },
    };
    expect(sdkHeaders(call, { ak, sk })['Authorization']).toBe(expected.authorization);
  });
});

describe('its corner cases that do not verify', () => {
  test.each<[string, Call]>([
    ['an encoded path, which it encodes again', { ...query, endpoint: `${origin}/v1/a%20b` }],
    ['a path with a blank, which it escapes and encodes again', { ...query, endpoint: `${origin}/v1/a b` }],
    [
      'a query inside the endpoint, which it does not sign',
      { ...query, endpoint: `${query.endpoint}?a=1`, queryParams: {} },
    ],
    ['null, which it signs as a word and sends as nothing', { ...query, queryParams: { a: null } }],
    ['undefined, likewise', { ...query, queryParams: { a: undefined } }],
    ['a blank around a header’s value, which no HTTP carries', { ...query, headers: { 'x-stage': ' 1' } }],
    [
      'a hash of the body that is given to it',
      { ...activate, headers: { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' } },
    ],
    ['names that it orders in two ways', { ...query, headers: { 'x-a': '1', x_a: '2' } }],
  ])('%s', (_, call) => expect(verdict(sent(call))).toBe('signature-wrong'));

  test('a date in lower case, beside which it writes a second one', () => {
    const headers = sdkHeaders({ ...query, headers: { 'x-sdk-date': '20200102T030405Z' } });
    expect(headers['Authorization']).toContain('SignedHeaders=host;x-sdk-date;x-sdk-date,');
    const request = { ...sent(query), headers };
    expect(verdict(request)).not.toBe('verifies');
  });

  test('a text as data, unless it is sent with the quotes that were hashed', () => {
    const call = { ...activate, data: 'text' };
    expect(verdict({ ...sent(call), body: '"text"' })).toBe('verifies');
    expect(verdict({ ...sent(call), body: 'text' })).toBe('signature-wrong');
  });
});

test('a multipart content type is not signed, so that its boundary may be added later', () => {
  const call = { ...activate, headers: { 'content-type': 'multipart/form-data' }, data: undefined };
  const headers = { ...sdkHeaders(call), 'content-type': 'multipart/form-data; boundary=x' };
  expect(verdict({ method: 'POST', target: call.endpoint.slice(origin.length), headers, body: '' })).toBe('verifies');
});
