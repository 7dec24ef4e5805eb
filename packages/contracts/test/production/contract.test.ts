import { expect, test } from 'vitest';
import {
  kitActivities,
  ProductionAnswer,
  ProductionRequest,
  productionContract,
  productionContractAt,
  V1ProductionAnswer,
  V1Request,
  v1KitActivities,
} from '../../src/index.ts';

const contract = productionContractAt('/a/b');

test('the production address lies where the seller puts it', () => {
  expect(contract.production).toMatchObject({ method: 'POST', path: '/a/b' });
  expect(contract.production.body).toBe(ProductionRequest);
  expect(contract.production.responses[200]).toBe(ProductionAnswer);
  expect(productionContract.production.path).toBe('/production');
});

test('V1 arrives at the same path by GET', () => {
  expect(contract.v1).toMatchObject({ method: 'GET', path: '/a/b' });
  expect(contract.v1.query).toBe(V1Request);
  expect(contract.v1.responses[200]).toBe(V1ProductionAnswer);
});

test('every Kit interface has a route below it, with its own schemas', () => {
  expect(Object.keys(contract.kit)).toEqual(Object.keys(kitActivities));
  for (const [name, { method, path, body, responses }] of Object.entries(contract.kit)) {
    const { request, answer } = kitActivities[name as keyof typeof kitActivities]; // the keys were just compared
    expect([method, path, body, responses[200]]).toEqual(['POST', `/a/b/produceAPI/v2/${name}`, request, answer]);
  }
});

test('so has every Kit interface of V1', () => {
  expect(Object.keys(contract.v1Kit)).toEqual(Object.keys(v1KitActivities));
  for (const [name, { method, path, body, responses }] of Object.entries(contract.v1Kit)) {
    const { request, answer } = v1KitActivities[name as keyof typeof v1KitActivities]; // the keys were just compared
    expect([method, path, body, responses[200]]).toEqual(['POST', `/a/b/produceAPI/${name}`, request, answer]);
  }
});

test.each([
  ['/', '/produceAPI/v2/tenantSync'],
  ['/a/', '/a/produceAPI/v2/tenantSync'],
])('an address %s that ends in a slash doubles none', (path, expected) => {
  expect(productionContractAt(path).kit.tenantSync.path).toBe(expected);
});
