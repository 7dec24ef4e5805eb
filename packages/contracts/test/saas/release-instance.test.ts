import { expect, test } from 'vitest';
import { ProductionRequest, ReleaseInstance } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText } from '../members.ts';
import { requests } from '../production/requests.ts';

const release = requests.releaseInstance;

describeActivity(ReleaseInstance, release, ProductionRequest);
describeText(ReleaseInstance, release, 'instanceId', 64, true);
describeText(ReleaseInstance, release, 'orderId', 64, false);
describeText(ReleaseInstance, release, 'orderLineId', 64, false);
describeTestFlag(ReleaseInstance, release);

test('needs no order, because retention may simply have ended', () => {
  const { activity, instanceId } = release;
  expect(ReleaseInstance.parse({ activity, instanceId })).toEqual({ activity, instanceId, testFlag: false });
});
