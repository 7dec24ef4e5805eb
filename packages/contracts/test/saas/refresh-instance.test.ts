import { expect, test } from 'vitest';
import { ProductionRequest, RefreshInstance } from '../../src/index.ts';
import { describeActivity, describeMoment, describeTestFlag, describeText, describeWords } from '../members.ts';
import { requests } from '../production/requests.ts';

const refresh = requests.refreshInstance;

describeActivity(RefreshInstance, refresh, ProductionRequest);
describeText(RefreshInstance, refresh, 'orderId', 64, true);
describeText(RefreshInstance, refresh, 'orderLineId', 64, true);
describeText(RefreshInstance, refresh, 'instanceId', 64, true);
describeText(RefreshInstance, refresh, 'productId', 64, false);
describeMoment(RefreshInstance, refresh, 'expireTime');
describeTestFlag(RefreshInstance, refresh);
describeWords(RefreshInstance, refresh, 'scene', [
  'RENEWAL',
  'UNSUBSCRIBE_RENEWAL_PERIOD',
  'TRIAL_TO_FORMAL',
  'RENEWAL_CHANGE',
]);

test('is read as it stands, with the flag as a boolean and without nulls', () => {
  const read = RefreshInstance.parse({ ...refresh, productId: null, testFlag: null });
  expect(read).toEqual({ ...refresh, productId: undefined, testFlag: false });
});
