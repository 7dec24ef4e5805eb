import { expect, test } from 'vitest';
import { SingleOrgSync } from '../../src/index.ts';
import { describeText } from '../members.ts';
import { describeFlag, describeKitBody } from './members.ts';
import { kitRequests } from './requests.ts';

const example = kitRequests.singleOrgSync;

describeKitBody(SingleOrgSync, example);
describeText(SingleOrgSync, example, 'orgCode', 64, true);
describeText(SingleOrgSync, example, 'orgName', 128, true);
describeText(SingleOrgSync, example, 'parentCode', 64, false);
describeFlag(SingleOrgSync, example, [0, 1, 2]);

test('a department at the top has an empty parent, however that is written', () => {
  const { parentCode: _, ...rest } = example;
  for (const body of [example, rest, { ...rest, parentCode: null }]) {
    expect(SingleOrgSync.parse(body)).toEqual({ ...example, testFlag: false });
  }
});
