import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { controlContract } from '../../src/control/contract.ts';
import { startMarket } from '../running-market.ts';

const Document = z.looseObject({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        tags: z.array(z.string()),
        requestBody: z.looseObject({ required: z.boolean() }).optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

async function servedDocument() {
  const market = await startMarket();
  const answer = await fetch(`${market.url}/control/openapi.json`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return Document.parse(await answer.json());
}

async function problemsOf(document: object): Promise<unknown> {
  const { valid, errors } = await new Validator().validate({ ...document });
  return valid ? [] : errors;
}

test('it is valid OpenAPI 3.1 and refers only to what is in it', async () => {
  const document = await servedDocument();
  expect(document.openapi).toBe('3.1.1');
  expect(await problemsOf(document)).toEqual([]);
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(references).toContain('Error');
  expect(references.filter((name = '') => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
});

test('it holds every call of the contract, each under a name of its own', async () => {
  const { paths } = await servedDocument();
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = Object.values(controlContract).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  expect(described.toSorted()).toEqual(routes.toSorted());
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(ids.toSorted()).toEqual(Object.keys(controlContract).toSorted());
});

test('a body is required where a call needs one, and only there', async () => {
  const { paths } = await servedDocument();
  expect(paths['/control/orders']?.['post']?.requestBody?.required).toBe(true);
  expect(paths['/control/licenses/{code}/claim']?.['post']?.requestBody?.required).toBe(false);
});

test('a document that is not valid is found out', async () => {
  const document = await servedDocument();
  expect(await problemsOf({ ...document, paths: { '/control': { get: { responses: 1 } } } })).not.toEqual([]);
});
