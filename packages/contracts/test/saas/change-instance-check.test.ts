import { describe, expect, test } from 'vitest';
import { ChangeInstanceCheck, ProductionRequest } from '../../src/index.ts';
import { complaints, describeActivity, describeTestFlag, describeText, without } from '../members.ts';
import { requests } from '../production/requests.ts';

const check = requests.changeInstanceCheck;
const { productInfo } = check;

describeActivity(ChangeInstanceCheck, check, ProductionRequest);
describeText(ChangeInstanceCheck, check, 'instanceId', 64, true);
describeTestFlag(ChangeInstanceCheck, check);

describe('productInfo: one object or several, whose members are not documented', () => {
  test.each([
    ['one object', productInfo, [productInfo]],
    ['a list of one', [productInfo], [productInfo]],
    ['a list of two', [productInfo, { productId: 1 }], [productInfo, { productId: 1 }]],
    ['other members', { sizes: [1], skuCode: null }, [{ sizes: [1], skuCode: null }]],
    ['nothing in it', {}, [{}]],
  ])('%s is read as a list', (_, value, read) => {
    expect(ChangeInstanceCheck.parse({ ...check, productInfo: value }).productInfo).toEqual(read);
  });
  test('absent', () => expect(complaints(ChangeInstanceCheck, without(check, 'productInfo'))).toEqual(['productInfo']));
  test.each([[null], [''], ['{}'], [1], [true], [[]], [[1]], [[null]], [[[productInfo]]]])('refused: %j', (value) => {
    expect(complaints(ChangeInstanceCheck, { ...check, productInfo: value })).toEqual([
      expect.stringMatching(/^productInfo(\.0)?$/),
    ]);
  });
});
