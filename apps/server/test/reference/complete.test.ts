import { interfaces, openApis, productionContract, V1Request, v1Activities } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { adminContract } from '../../src/admin/contract.ts';
import { examples } from '../../src/reference/examples.ts';
import { documents, operation, operationsOf, type Schema } from './documents.ts';

const { production, store, admin } = documents;

test('every interface of the store is in the document of the production address', () => {
  const called = new Set(interfaces.map(({ method, path }) => `${method} /production${path}`));
  expect(new Set(operationsOf(production))).toEqual(called);
});

test('every open API is in the document of the store', () => {
  const called = openApis.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(operationsOf(store).sort()).toEqual(called.sort());
});

test('every route of the admin API is in its document', () => {
  const called = Object.values(adminContract).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(operationsOf(admin).sort()).toEqual(called.sort());
});

describe('the body of the production address', () => {
  const names = interfaces.filter(({ method, path }) => method === 'POST' && path === '').map(({ name }) => name);
  const { requestBody, description } = operation(production, 'POST', '/production');
  const media = requestBody?.content['application/json'];
  const body = production.components.schemas['ProductionRequest'];

  test.each(names)('%s is one of its alternatives, with an example and its page', (name) => {
    const reference = `#/components/schemas/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    expect(body).toMatchObject({ discriminator: { propertyName: 'activity', mapping: { [name]: reference } } });
    expect(body?.['oneOf']).toContainEqual({ $ref: reference });
    const schema = production.components.schemas[reference.split('/').at(-1) ?? ''];
    expect(schema).toMatchObject({ properties: { activity: { const: name } } });
    expect(media?.examples?.[name]?.value).toMatchObject({ activity: name });
    expect(description).toContain(`| \`${name}\` |`);
  });

  test.each(Object.entries(examples))('the example of %s is one', (_, example) => {
    expect(productionContract.production.body.safeParse(example)).toMatchObject({ success: true });
    expect(Object.keys(example)).toEqual(Object.keys(example).sort());
  });
});

describe('the query of V1', () => {
  const { parameters, deprecated } = operation(production, 'GET', '/production');
  const parameter = (name: string) => parameters.find((each) => each.name === name);

  test('names every activity', () => {
    expect(deprecated).toBe(true);
    expect(parameter('activity')).toMatchObject({ required: true, schema: { enum: Object.keys(v1Activities) } });
  });

  test('has every parameter of every activity', () => {
    const all = V1Request.options.flatMap((option) => Object.keys(option.shape));
    expect(new Set(parameters.map(({ name }) => name))).toEqual(new Set(all));
  });

  test('says which activity a parameter belongs to', () => {
    expect(parameter('instanceStatus')?.description).toBe('Mandatory: instanceStatus.');
    expect(parameter('skuCode')?.description).toBe('Mandatory: upgrade. Optional: newInstance, getLicense.');
    expect(parameter('testFlag')?.description).toBe('Optional: everywhere.');
    expect(parameters.filter(({ required }) => required === true).map(({ name }) => name)).toEqual(['activity']);
  });

  test('has no null, which no query can say', () => {
    expect(JSON.stringify(parameters)).not.toContain('"null"');
  });
});

test('an answer is described as it is sent, without null for what is absent', () => {
  const answer = production.components.schemas['ProductionAnswer'];
  expect(answer).toMatchObject({
    required: ['resultCode', 'resultMsg'],
    properties: {
      instanceId: { type: 'string', maxLength: 64, description: 'Optional: newInstance.' },
      info: { type: 'array', items: { $ref: '#/components/schemas/InstanceInfo' } },
    },
  });
});

test('a list of the Kit shows its items, and that it may come as a text', () => {
  expect(production.components.schemas['AllOrgSync']).toMatchObject({
    properties: {
      orgInfoList: { anyOf: [{ items: { $ref: '#/components/schemas/OrgInfo' } }, { type: 'string' }] },
    },
  });
});

test('the upload is a form of two parts', () => {
  const path = '/api/mkp-openapi-public/global/v1/market-event/{event_id}/file';
  const { requestBody, parameters } = operation(store, 'POST', path);
  expect(requestBody?.content).toEqual({
    'multipart/form-data': {
      schema: { $ref: '#/components/schemas/UploadBody' },
      encoding: {
        isvUpdateFileReq: { contentType: 'application/json' },
        file: { contentType: 'application/octet-stream' },
      },
    },
  });
  expect(parameters).toMatchObject([{ name: 'event_id', in: 'path', required: true }]);
});

test.each([
  [production, 'POST', '/production', ['signature', 'timestamp', 'nonce']],
  [production, 'GET', '/production', ['authTokenQuery', 'timeStampQuery']],
  [production, 'POST', '/production/produceAPI/v2/authSync', ['kitSign', 'kitTimestamp', 'kitNonce']],
  [production, 'POST', '/production/produceAPI/authSync', ['authTokenHeader']],
  [store, 'POST', '/api/mkp-openapi-public/global/v1/isv/usage-data', ['pushSignature', 'pushTimestamp', 'pushNonce']],
  [store, 'GET', '/api/v1/oauth2/userinfo', ['accessToken']],
  [admin, 'GET', '/admin/licenses/{code}', ['adminToken']],
])('%#: a call needs all parts of its token', (document, method, path, parts) => {
  expect(operation(document, method, path).security.map((all) => Object.keys(all))).toEqual([parts]);
});

test('the login of the Kit begins without a token', () => {
  expect(operation(store, 'POST', '/api/v1/oauth2/token').security).toEqual([]);
});

test('every answer of V1 is signed', () => {
  const { responses } = operation(production, 'GET', '/production');
  expect(responses['200']?.headers).toHaveProperty('Body-Sign');
});

/** Members that the contracts leave open, because no page tells what they hold. */
const open = ['skuCode', 'productId', 'linearValue', 'extra_info'];

test.each(Object.entries(documents))('%s: no schema is empty where the contract says more', (_, document) => {
  const schemas = Object.values(document.components.schemas);
  const media = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ parameters, requestBody, responses }) => [
      ...parameters.map(({ schema }) => schema),
      ...[requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {})),
    ]),
  );
  expect(schemas.length).toBeGreaterThan(5);
  expect([...schemas, ...media].filter((schema) => Object.keys(schema).length === 0)).toEqual([]);
  expect(emptyMembers({ schemas, media }).filter((name) => !open.includes(name))).toEqual([]);
});

/** The names of members whose schema is empty, at any depth. */
function emptyMembers(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties, items } = value as Schema; // an object has members
  const named = [...Object.entries(properties ?? {}), ...(items === undefined ? [] : [['items', items] as const])];
  const empty = named.flatMap(([name, schema]) => (isEmpty(schema) ? [name] : []));
  return [...empty, ...Object.values(value).flatMap(emptyMembers)];
}

const isEmpty = (schema: unknown): boolean => z.strictObject({}).safeParse(schema).success;
