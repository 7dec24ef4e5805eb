import { expect, test } from 'vitest';
import { TenantSync } from '../../src/index.ts';
import { describeText } from '../members.ts';
import { describeFlag, describeKitBody } from './members.ts';
import { kitRequests } from './requests.ts';

const example = kitRequests.tenantSync;

describeKitBody(TenantSync, example);
describeText(TenantSync, example, 'orderId', 64, false);
describeText(TenantSync, example, 'tenantCode', 64, true);
describeText(TenantSync, example, 'name', 255, true);
describeText(TenantSync, example, 'domainName', 255, true);
describeFlag(TenantSync, example, [0, 1, 2]);

test("is read as it stands; in the seller's flow without an instance and an order", () => {
  expect(TenantSync.parse(example)).toEqual({ ...example, testFlag: false });
  const { instanceId: _, orderId: __, ...rest } = example;
  expect(TenantSync.parse(rest)).toEqual({ ...example, instanceId: '', orderId: '', testFlag: false });
});
