import { expect, test } from 'vitest';
import { activities, interfaces, keyClasses, kitActivities, v1Activities, v1KitActivities } from '../../src/index.ts';

test('there is one row for every activity', () => {
  const tables = [activities, kitActivities, v1Activities, v1KitActivities];
  expect(interfaces.map(({ name }) => name)).toEqual(tables.flatMap((table) => Object.keys(table)));
  const called = interfaces.map(({ name, generation }) => `${generation} ${name}`);
  expect(new Set(called).size).toBe(interfaces.length);
});

test('each row is told by method, path and name', () => {
  const told = interfaces.map(({ method, path, name }) => `${method} ${path} ${name}`);
  expect(new Set(told).size).toBe(interfaces.length);
});

test.each([
  ['refreshLicenseCode', '2.0', 'License code', 'POST', '', 'license', 'security-token'],
  ['changeInstanceCheck', '2.0', 'SaaS', 'POST', '', 'base', 'security-token'],
  ['getLicenseAsync', '2.0', 'online License', 'POST', '', 'base', 'security-token'],
  ['orderNotify', '2.0', 'order notice', 'POST', '', 'general', 'security-token'],
  ['authSync', '2.0', 'Kit', 'POST', '/produceAPI/v2/authSync', 'kit', 'kit-signature'],
  ['instanceStatus', 'V1', 'SaaS', 'GET', '', 'v1', 'auth-token'],
  ['getLicense', 'V1', 'License', 'GET', '', 'v1', 'auth-token'],
  ['authSync', 'V1', 'Kit', 'POST', '/produceAPI/authSync', 'v1', 'auth-token'],
])('%s of %s', (name, generation, product, method, path, keyClass, tokenScheme) => {
  const row = interfaces.find((each) => each.name === name && each.generation === generation);
  expect(row).toMatchObject({ product, method, path, keyClass, tokenScheme, direction: 'store to seller' });
});

test('every key class serves some interface', () => {
  expect(new Set(interfaces.map(({ keyClass }) => keyClass))).toEqual(new Set(keyClasses));
});
