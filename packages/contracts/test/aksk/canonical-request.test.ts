import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalRequest, sha256Hex } from '../../src/index.ts';
import { anyUnits } from '../token/requests.ts';

const lines = (target: string, headers: Readonly<Record<string, string>> = {}, body = '') =>
  canonicalRequest(
    { method: 'get', target, headers, body },
    Object.keys(headers).map((name) => name.toLowerCase()),
  ).split('\n');

describe('path', () => {
  test.each([
    ['/', '/'],
    ['', '/'],
    ['/a', '/a/'],
    ['/a/', '/a/'],
    ['/a//b', '/a//b/'],
    ['/a b', '/a%20b/'],
    ['/a%20b', '/a%20b/'],
    ['/a%2Fb', '/a%2Fb/'],
    ['/%e4%b8%ad', '/%E4%B8%AD/'],
    ['/中', '/%E4%B8%AD/'],
    ["/-_.~!'()*", '/-_.~%21%27%28%29%2A/'],
    ['/%zz', '/%25zz/'],
    ['/a?b', '/a/'],
  ])('%s: %s', (target, path) => expect(lines(target)[1]).toBe(path));
});

describe('query', () => {
  test.each([
    ['/', ''],
    ['/?', ''],
    ['/?b=1&F=2', 'F=2&b=1'],
    ['/?parm2&parm1=value1', 'parm1=value1&parm2='],
    ['/?a=2&a=1&a=10', 'a=1&a=10&a=2'],
    ['/?a=b=c', 'a=b%3Dc'],
    ['/?a=%20+', 'a=%20%2B'],
    ['/?a=?', 'a=%3F'],
    ['/?名=值', '%E5%90%8D=%E5%80%BC'],
    ["/?a=-_.~!'()*", 'a=-_.~%21%27%28%29%2A'],
    ['/?a=%zz', 'a=%25zz'],
  ])('%s: %s', (target, query) => expect(lines(target)[2]).toBe(query));

  test('is sorted by the code units of the decoded names, as Node and Python signers do', () => {
    expect(lines('/?%7A=1&a=2&%41=3')[2]).toBe('A=3&a=2&z=1');
  });
});

describe('headers', () => {
  test('are the signed ones, by lower-case name, trimmed, closed by an empty line', () => {
    const request = { method: 'POST', target: '/', body: '', headers: { Host: ' h ', 'X-SDK-DATE': 'd', Other: 'x' } };
    expect(canonicalRequest(request, ['host', 'x-sdk-date'])).toBe(
      `POST\n/\n\nhost:h\nx-sdk-date:d\n\nhost;x-sdk-date\n${sha256Hex('')}`,
    );
  });
  test('that are missing count as empty', () => {
    expect(canonicalRequest({ method: 'GET', target: '/', headers: {}, body: '' }, ['host'])).toContain(
      '\nhost:\n\nhost\n',
    );
  });
});

test('the method is upper case', () => expect(lines('/')[0]).toBe('GET'));

test('the body is hashed as the bytes that are sent', () => {
  expect(lines('/', {}, '测').at(-1)).toBe(sha256Hex(Buffer.from('测')));
  expect(lines('/').at(-1)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('any target has a canonical form of visible ASCII, and never throws', () => {
  const pieces = fc.oneof(fc.constantFrom('/', '?', '&', '=', '%', '%20', '%zz', '+', 'a', '中'), anyUnits(5));
  const almost = fc.array(pieces, { maxLength: 10 }).map((each) => each.join(''));
  fc.assert(
    fc.property(fc.oneof(anyUnits(50), almost), (target) => {
      const [, path, query] = lines(target);
      expect(path).toMatch(/^[A-Za-z0-9_.~%/-]*\/$/);
      expect(query).toMatch(/^[A-Za-z0-9_.~%&=-]*$/);
    }),
  );
});
