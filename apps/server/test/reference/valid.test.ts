import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { productionDocument } from '../../src/reference/production-document.ts';
import { documents, type OpenApi, operationsOf } from './documents.ts';

describe.each(Object.entries(documents))('the document of the %s', (_, document) => {
  test('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.1');
    expect(await problemsOf(document)).toEqual([]);
  });

  test('refers only to what is in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((name = '') => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
  });

  test('defines the security schemes it names and no others', () => {
    const named = operations(document).flatMap(({ security }) => security.flatMap((all) => Object.keys(all)));
    expect(new Set(Object.keys(document.components.securitySchemes))).toEqual(new Set(named));
  });

  test('tells operations apart by their ids', () => {
    const ids = operations(document).map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(operationsOf(document).length);
  });
});

test('a document that is not valid is found out', async () => {
  const { paths: _, ...broken } = documents.admin;
  expect(await problemsOf({ ...broken, paths: { '/admin': { get: { responses: 1 } } } })).not.toEqual([]);
});

test.each(['/', '/production/', '/a/deep/path'])('it is valid with the production address at %s', async (path) => {
  expect(await problemsOf(JSON.parse(productionDocument(path)))).toEqual([]);
});

const operations = ({ paths }: OpenApi) => Object.values(paths).flatMap((methods) => Object.values(methods));

async function problemsOf(document: object): Promise<unknown> {
  const { valid, errors } = await new Validator().validate({ ...document });
  return valid ? [] : errors;
}
