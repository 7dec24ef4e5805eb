import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ActivityName,
  activities,
  isActivityName,
  isKitActivityName,
  isV1ActivityName,
  keyClassOf,
  kitActivities,
  mockOrderIds,
  ProductionAnswer,
  ProductionRequest,
  ResultAnswer,
  result,
  resultCode,
  V1ProductionAnswer,
  V1Request,
  v1Activities,
  v1KitActivities,
} from '../../src/index.ts';
import { complaints } from '../members.ts';
import { v1Requests } from '../v1/requests.ts';
import { requests } from './requests.ts';

const tables = { activities, kitActivities, v1Activities, v1KitActivities };
const entries = Object.entries(tables).flatMap(([table, of]) =>
  Object.entries(of).map(([name, activity]) => ({ table, name, activity })),
);

test.each(entries)('$name of $table is entered under its own name, with its page', ({ name, activity }) => {
  expect(activity.name).toBe(name);
  expect(activity.source).toMatch(/^https:\/\/support\.huaweicloud\.com\/[a-z0-9-]+\/[a-z0-9_-]+\.html$/);
});

test.each(entries)('$name of $table may refuse with any code and nothing else', ({ activity }) => {
  for (const code of Object.values(resultCode)) expect(activity.answer.parse(result(code))).toEqual(result(code));
});

test('the tables hold every documented interface', () => {
  expect(Object.values(tables).map((table) => Object.keys(table).length)).toEqual([12, 5, 11, 5]);
  const notItsOwn = new Set(['https://support.huaweicloud.com/distributed-devg-v2-imc/imc_01_0038.html']);
  const pages = entries.map(({ activity }) => activity.source).filter((page) => !notItsOwn.has(page));
  expect(new Set(pages).size).toBe(pages.length);
});

const withMore = ['newInstance', 'queryInstance', 'getLicense'];
test.each(entries.filter(({ name }) => !withMore.includes(name)))(
  '$name of $table answers nothing but its result',
  ({ activity }) => expect(activity.answer).toBe(ResultAnswer),
);

test.each<[keyof typeof tables, string]>([
  ['activities', 'security-token'],
  ['kitActivities', 'kit-signature'],
  ['v1Activities', 'auth-token'],
  ['v1KitActivities', 'auth-token'],
])('%s prove themselves by %s', (table, scheme) => {
  expect(new Set(Object.values(tables[table]).map(({ tokenScheme }) => tokenScheme))).toEqual(new Set([scheme]));
});

const keyClasses: Readonly<Record<ActivityName, string>> = {
  refreshLicenseCode: 'license',
  updateLicenseCodeStatus: 'license',
  releaseLicenseCode: 'license',
  newInstance: 'base',
  queryInstance: 'base',
  refreshInstance: 'base',
  updateInstanceStatus: 'base',
  releaseInstance: 'base',
  upgradeInstance: 'base',
  changeInstanceCheck: 'base',
  getLicenseAsync: 'base',
  orderNotify: 'general',
};

describe('the key class', () => {
  test.each(Object.entries(requests))('of %s follows from its body (R6)', (name, body) => {
    expect(isActivityName(name) && keyClasses[name]).toBe(keyClassOf(JSON.stringify(body)));
  });
  test.each(['getLicense', 'tenantSync', 'instanceStatus', '__proto__'])('%s is no activity of a POST body', (name) => {
    expect(keyClassOf(JSON.stringify({ activity: name }))).toBeUndefined();
  });
  test('of Kit and of V1 is one of their own', () => {
    expect(new Set(Object.values(kitActivities).map(({ keyClass }) => keyClass))).toEqual(new Set(['kit']));
    const retired = [...Object.values(v1Activities), ...Object.values(v1KitActivities)];
    expect(new Set(retired.map(({ keyClass }) => keyClass))).toEqual(new Set(['v1']));
  });
});

test('the unions of all activities tell them apart and refuse any other', () => {
  for (const body of Object.values(requests)) expect(ProductionRequest.parse(body).activity).toBe(body.activity);
  for (const query of Object.values(v1Requests)) expect(V1Request.parse(query).activity).toBe(query.activity);
  for (const activity of ['getlicense', '', null, undefined, 1, '__proto__', 'refreshlicensecode', 'tenantSync']) {
    expect(complaints(ProductionRequest, { ...requests.refreshLicenseCode, activity })).toEqual(['activity']);
    expect(complaints(V1Request, { ...v1Requests.upgrade, activity })).toEqual(['activity']);
  }
});

test('the answer of the whole address lets through what any activity may answer', () => {
  const info = [{ instanceId: 'i-1' }];
  const appInfo = { frontEndUrl: 'https://app.example' };
  const create = { ...result('000000'), instanceId: 'i-1' };
  for (const answer of [result('000106'), create, { ...result('000000'), info }]) {
    expect(ProductionAnswer.parse(answer)).toEqual(answer);
    expect(V1ProductionAnswer.parse(answer)).toEqual(answer);
  }
  for (const answer of [
    { ...create, appInfo, encryptType: '1' },
    { ...create, license: 'AAAA' },
  ]) {
    expect(V1ProductionAnswer.parse(answer)).toEqual(answer);
    expect(ProductionAnswer.parse(answer)).toEqual(create);
  }
});

test.each([
  [isActivityName, activities],
  [isKitActivityName, kitActivities],
  [isV1ActivityName, v1Activities],
])('only the names of a table are names of it', (isName, table) => {
  const names = Object.keys(table);
  expect(names.every(isName)).toBe(true);
  fc.assert(fc.property(fc.anything(), (name) => isName(name) === names.some((each) => each === name)));
  for (const inherited of ['toString', 'constructor', '__proto__']) expect(isName(inherited)).toBe(false);
});

test('there are nine debugging orders', () => {
  expect(new Set(mockOrderIds).size).toBe(9);
  expect(mockOrderIds.every((id) => id.startsWith('MOCK'))).toBe(true);
});
