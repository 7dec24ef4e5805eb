import { expect, test } from 'vitest';
import { ProductionRequest, ReleaseLicenseCode } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText } from '../members.ts';
import { requests } from '../production/requests.ts';

const release = requests.releaseLicenseCode;

describeActivity(ReleaseLicenseCode, release, ProductionRequest);
describeTestFlag(ReleaseLicenseCode, release);
describeText(ReleaseLicenseCode, release, 'license', 64, true);
describeText(ReleaseLicenseCode, release, 'orderId', 64, false);
describeText(ReleaseLicenseCode, release, 'orderLineId', 64, false);

test('needs no order, because retention may simply have ended', () => {
  const { activity, license } = release;
  expect(ReleaseLicenseCode.parse({ activity, license })).toEqual({ activity, license, testFlag: false });
});
