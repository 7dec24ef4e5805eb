import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorizeUrl, casValidateUrl, kitLoginApi, kitOrigin, loginUrl, logoutUrl } from '../../src/index.ts';

const origin = 'https://acme.example.com';

const piece = fc.oneof(
  fc.constantFrom(
    'https://',
    'HTTP://',
    '//',
    '/',
    '?',
    '#',
    '@',
    ':',
    ':8443',
    '.',
    'acme.example.com',
    '测试',
    '%2e',
  ),
  fc.string({ maxLength: 5 }),
);
/** From nonsense to almost a domain name. */
const anyDomainName = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

describe('origin', () => {
  test.each([
    ['https://acme.example.com', origin],
    ['acme.example.com', origin],
    ['https://acme.example.com/', origin],
    ['acme.example.com/', origin],
    [' acme.example.com ', origin],
    ['HTTPS://ACME.example.com', origin],
    ['https://acme.example.com:443', origin],
    ['https://acme.example.com:8443', 'https://acme.example.com:8443'],
    ['127.0.0.1:8090', 'https://127.0.0.1:8090'],
    ['http://127.0.0.1:8090', 'http://127.0.0.1:8090'],
  ])('%j is %s', (domainName, expected) => expect(kitOrigin(domainName)).toBe(expected));

  test.each([
    '',
    'https://',
    'https:///',
    'ftp://acme.example.com',
    'javascript:alert(1)',
    'https://acme.example.com/path',
    'acme.example.com?x=1',
    'acme.example.com#x',
    'https://user:pass@acme.example.com',
    'acme.example.com\\@evil.example',
    'acme example.com',
    'acme.example.com:99999',
    'https://https://acme.example.com',
  ])('%j is none', (domainName) => expect(kitOrigin(domainName)).toBeUndefined());

  test('of any text is the origin of an address without anything else, or none; and stays itself', () => {
    fc.assert(
      fc.property(anyDomainName, (domainName) => {
        const found = kitOrigin(domainName);
        if (found === undefined) return;
        const { origin: read, username, password, pathname, search, hash } = new URL(found);
        expect(read).toBe(found);
        expect([username, password, pathname, search, hash]).toEqual(['', '', '/', '', '']);
        expect(kitOrigin(found)).toBe(found);
      }),
    );
  });
});

test('the login page is told what it needs behind the hash', () => {
  expect(loginUrl('app 1&x')).toBe(
    'https://macroverse.huaweicloud.com/unified-login/#/portal-login?ind=UNOP&appId=app%201%26x',
  );
});

describe('authorize', () => {
  test('as the page writes it', () => {
    const request = { clientId: 'NzZe', redirectUri: 'https://example.com', scope: 'get_user_info', state: 'test' };
    expect(authorizeUrl(origin, request)).toBe(
      'https://acme.example.com/api/v1/oauth2/authorize?response_type=code&client_id=NzZe&redirect_uri=https%3A%2F%2Fexample.com&scope=get_user_info&state=test',
    );
  });
  test('any values arrive as they were, as a query of the contract', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (clientId, redirectUri) => {
        const { searchParams } = new URL(authorizeUrl(origin, { clientId, redirectUri }));
        expect(kitLoginApi.authorize.query.parse(Object.fromEntries(searchParams))).toEqual({
          response_type: 'code',
          client_id: clientId,
          redirect_uri: redirectUri,
        });
      }),
    );
  });
});

test('logout goes to the login page or to an address', () => {
  expect(logoutUrl(origin)).toBe('https://acme.example.com/api/v1/logout');
  expect(logoutUrl(origin, 'https://example.com/?a=b c')).toBe(
    'https://acme.example.com/api/v1/logout?redirect_url=https%3A%2F%2Fexample.com%2F%3Fa%3Db%20c',
  );
});

test('a ticket is validated as the page writes it, the tenant inside the service', () => {
  const ticket = { service: 'https://example.com&tenant=xxx', ticket: 'ST-eYlK' };
  const plain =
    'https://acme.example.com/api/v1/cas/p3/serviceValidate?service=https%3A%2F%2Fexample.com%26tenant%3Dxxx&ticket=ST-eYlK';
  expect(casValidateUrl(origin, ticket)).toBe(plain);
  expect(casValidateUrl(origin, { ...ticket, format: 'XML' })).toBe(`${plain}&format=XML`);
});
