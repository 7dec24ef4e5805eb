import { expect, test } from 'vitest';
import { ApplicationSync } from '../../src/index.ts';
import { describeText } from '../members.ts';
import { describeFlag, describeKitBody } from './members.ts';
import { kitRequests } from './requests.ts';

const example = kitRequests.applicationSync;

describeKitBody(ApplicationSync, example);
describeText(ApplicationSync, example, 'appId', 64, true);
describeText(ApplicationSync, example, 'clientId', 64, true);
describeText(ApplicationSync, example, 'clientSecret', 4096, true);
describeFlag(ApplicationSync, example, [0, 1, 2]);

test('what is deleted may come without its secret, anything else may not', () => {
  const without = { ...example, clientSecret: '' };
  expect(ApplicationSync.safeParse({ ...without, flag: 0 }).success).toBe(true);
  for (const flag of [1, 2]) {
    const { error } = ApplicationSync.safeParse({ ...without, flag });
    expect(error?.issues).toMatchObject([{ path: ['clientSecret'], message: 'must not be empty' }]);
  }
});
