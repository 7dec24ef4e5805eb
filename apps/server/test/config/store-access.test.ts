import { describe, expect, test } from 'vitest';
import { config, problems } from './reading.ts';

const pair = { STORE_AK: 'AK', STORE_SK: 'SK' };

describe('the store’s open APIs', () => {
  test.each<[string, string | undefined, string | undefined]>([
    ['https://store.example', undefined, undefined],
    ['https://store.example', 'https://other.example', 'https://other.example'],
    ['https://mkt.myhuaweicloud.com', undefined, 'https://mkt.myhuaweicloud.cn'],
    ['https://mkt.myhuaweicloud.com/', undefined, 'https://mkt.myhuaweicloud.cn'],
    ['https://mkt.myhuaweicloud.com', '', 'https://mkt.myhuaweicloud.cn'],
    ['https://mkt.myhuaweicloud.com', 'https://other.example', 'https://other.example'],
    ['https://mkt.myhuaweicloud.eu', undefined, undefined],
    ['https://mkt-intl.myhuaweicloud.com', undefined, undefined],
  ])('%s, STORE_FALLBACK_URL=%s: %s', (url, given, fallbackUrl) => {
    const { store } = config({ ...pair, STORE_URL: url, STORE_FALLBACK_URL: given });
    expect(store).toEqual({ url, fallbackUrl, ak: 'AK', sk: 'SK' });
  });

  describe.each(['STORE_URL', 'STORE_FALLBACK_URL'])('%s', (name) => {
    test.each([
      'not a url',
      'ftp://store.example',
      'store.example',
      'https://user:password@store.example',
      'https://store.example/api',
      'https://store.example?a=1',
    ])('is not %s', (url) => {
      const found = problems({ ...pair, STORE_URL: 'https://store.example', [name]: url });
      expect(found).toEqual([expect.stringMatching(`^${name} must be `)]);
    });
  });

  test.each([
    [{ STORE_URL: 'https://store.example' }],
    [{ STORE_AK: 'a', STORE_SK: 'b' }],
    [{ STORE_URL: 'https://store.example', STORE_SK: 'b' }],
  ])('credentials that are not whole: %j', (some) => {
    expect(problems(some)).toEqual(['STORE_URL, STORE_AK and STORE_SK go together: set all 3, or none']);
  });

  test('a second address without a first', () => {
    const found = problems({ STORE_FALLBACK_URL: 'https://store.example' });
    expect(found).toEqual(['STORE_FALLBACK_URL says nothing without STORE_URL']);
  });
});
