import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSaasExtendParams } from '../../src/index.ts';
import { extendParams } from './requests.ts';

const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

test('the documented parameter', () => {
  expect(readSaasExtendParams(extendParams)).toEqual([{ name: 'emailDomainName', value: 'acme.example' }]);
});

test('any parameters, whether or not they are percent-encoded once more', () => {
  const params = fc.array(fc.record({ name: fc.string(), value: fc.string({ unit: 'grapheme' }) }));
  fc.assert(
    fc.property(params, (list) => {
      expect(readSaasExtendParams(written(list))).toEqual(list);
      expect(readSaasExtendParams(encodeURIComponent(written(list)))).toEqual(list);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['no Base64', '[{"name":"a"}]'],
  ['a broken percent escape', '%'],
  ['no JSON', Buffer.from('name=a').toString('base64')],
  ['no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString('base64')],
  ['no list', written({ name: 'a', value: 'b' })],
  ['a parameter without a value', written([{ name: 'a' }])],
  ['a value that is no text', written([{ name: 'a', value: 1 }])],
])('%s is none', (_, text) => expect(readSaasExtendParams(text)).toBeUndefined());
