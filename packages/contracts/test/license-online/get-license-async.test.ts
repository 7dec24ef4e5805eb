import { expect, test } from 'vitest';
import { GetLicenseAsync, ProductionRequest } from '../../src/index.ts';
import { describeActivity, describeTestFlag, describeText } from '../members.ts';
import { requests } from '../production/requests.ts';

const apply = requests.getLicenseAsync;

describeActivity(GetLicenseAsync, apply, ProductionRequest);
describeText(GetLicenseAsync, apply, 'instanceId', 64, true);
describeText(GetLicenseAsync, apply, 'effectiveTime', 32, true);
describeText(GetLicenseAsync, apply, 'expireTime', 32, false);
describeText(GetLicenseAsync, apply, 'eventId', 64, true);
describeText(GetLicenseAsync, apply, 'deviceFingerprint', 1024, false);
describeTestFlag(GetLicenseAsync, apply);

test('times are text: no form of theirs is documented (R10)', () => {
  expect(GetLicenseAsync.parse({ ...apply, expireTime: '20241027103015' })).toEqual({
    ...apply,
    expireTime: '20241027103015',
    testFlag: false,
  });
});
