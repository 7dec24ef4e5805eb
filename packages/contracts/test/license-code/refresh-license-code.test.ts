import { expect, test } from 'vitest';
import { ProductionRequest, RefreshLicenseCode } from '../../src/index.ts';
import { describeActivity, describeMoment, describeTestFlag, describeText, describeWords } from '../members.ts';
import { requests } from '../production/requests.ts';

const refresh = requests.refreshLicenseCode;

describeActivity(RefreshLicenseCode, refresh, ProductionRequest);
describeMoment(RefreshLicenseCode, refresh, 'expireTime');
describeTestFlag(RefreshLicenseCode, refresh);
describeText(RefreshLicenseCode, refresh, 'orderId', 64, true);
describeText(RefreshLicenseCode, refresh, 'orderLineId', 64, true);
describeText(RefreshLicenseCode, refresh, 'license', 64, true);
describeText(RefreshLicenseCode, refresh, 'productId', 64, false);
describeWords(RefreshLicenseCode, refresh, 'scene', [
  'RENEWAL',
  'UNSUBSCRIBE_RENEWAL_PERIOD',
  'TRIAL_TO_FORMAL',
  'RENEWAL_CHANGE',
]);

test('is read as it stands, with the flag as a boolean and without nulls', () => {
  expect(RefreshLicenseCode.parse(refresh)).toEqual({ ...refresh, testFlag: true });
  const read = RefreshLicenseCode.parse({ ...refresh, productId: null, testFlag: null });
  expect(read).toEqual({ ...refresh, productId: undefined, testFlag: false });
});
