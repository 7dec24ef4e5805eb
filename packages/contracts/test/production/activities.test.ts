import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  activities,
  isActivityName,
  mockOrderIds,
  ProductionRequest,
  productionContractAt,
  ResultAnswer,
} from '../../src/index.ts';
import { complaints, refresh, release, update } from '../license-code/requests.ts';

describe.each(Object.entries(activities))('%s', (name, activity) => {
  test('is entered under its own name, with its page', () => {
    expect(activity.name).toBe(name);
    expect(activity.source).toMatch(/^https:\/\/support\.huaweicloud\.com\/.+\.html$/);
  });
  test('is a License activity that answers nothing but its result', () => {
    expect(activity).toMatchObject({ keyClass: 'license', tokenScheme: 'security-token', answer: ResultAnswer });
  });
});

test('the union of all activities tells them apart and refuses any other', () => {
  for (const body of [refresh, update, release]) expect(ProductionRequest.parse(body).activity).toBe(body.activity);
  for (const activity of ['newInstance', '', null, undefined, 1, '__proto__', 'refreshlicensecode']) {
    expect(complaints(ProductionRequest, { ...refresh, activity })).toEqual(['activity']);
  }
});

test('only the names of the table are activity names', () => {
  const names = Object.keys(activities);
  expect(names.every(isActivityName)).toBe(true);
  fc.assert(fc.property(fc.anything(), (name) => isActivityName(name) === names.some((each) => each === name)));
  for (const inherited of ['toString', 'constructor', '__proto__']) expect(isActivityName(inherited)).toBe(false);
});

test('the production address lies where the seller puts it', () => {
  expect(productionContractAt('/a/b').production).toMatchObject({
    method: 'POST',
    path: '/a/b',
    body: ProductionRequest,
  });
});

test('there are nine debugging orders', () => {
  expect(new Set(mockOrderIds).size).toBe(9);
  expect(mockOrderIds.every((id) => id.startsWith('MOCK'))).toBe(true);
});
