import { expect, test } from 'vitest';
import { ReleaseLicenseCode } from '../../src/index.ts';
import { describeActivity, describeText, refresh, release, update } from './requests.ts';

describeActivity(ReleaseLicenseCode, release, [refresh, update]);
describeText(ReleaseLicenseCode, release, 'license', 64, true);
describeText(ReleaseLicenseCode, release, 'orderId', 64, false);
describeText(ReleaseLicenseCode, release, 'orderLineId', 64, false);

test('needs no order, because retention may simply have ended', () => {
  const { activity, license } = release;
  expect(ReleaseLicenseCode.parse({ activity, license })).toEqual({ activity, license, testFlag: false });
});
