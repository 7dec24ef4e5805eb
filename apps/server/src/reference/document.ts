import { STATUS_CODES } from 'node:http';
import type { AppRoute, AppRouter } from '@ts-rest/core';
import { generateOpenApi } from '@ts-rest/open-api';
import * as z from 'zod';
import { type JsonSchema, jsonSchemaOf, type SchemaNames, type Side } from './json-schema.ts';
import { type Security, schemesOf } from './security.ts';

type Generated = ReturnType<typeof generateOpenApi>;
type Operation = Parameters<NonNullable<NonNullable<Parameters<typeof generateOpenApi>[2]>['operationMapper']>>[0];

type Body = NonNullable<Operation['requestBody']>;

export interface Server {
  readonly url: string;
  readonly description: string;
  readonly variables?: Readonly<Record<string, { default: string; description: string }>>;
}

export interface BodyFacts {
  /** By name. */
  readonly examples?: Readonly<Record<string, object>>;
  /** Content types of a multipart body's parts, by name. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** What a contract does not say of an operation. */
export interface OperationFacts {
  readonly tag: string;
  readonly security: Security;
  readonly description?: string;
  /** The page that defines it. */
  readonly source?: string;
  readonly deprecated?: boolean;
  /** Where the operation is, if not where all the others are. */
  readonly server?: Server;
  /** Headers of the answer with status 200, by name, with what they hold. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly body?: BodyFacts;
}

export interface DocumentNeed {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly contract: AppRouter;
  readonly names: SchemaNames;
  readonly servers?: readonly Server[];
  readonly factsOf: (route: AppRoute) => OperationFacts;
  /** The JSON schema of a schema that is printed in a way of its own; undefined for every other. */
  readonly printed?: (schema: z.ZodType, side: Side) => JsonSchema | undefined;
}

/** An OpenAPI 3.1 document of a contract, as JSON text. */
export function openApiDocument(need: DocumentNeed): string {
  const { title, version, description, contract, names, servers, factsOf, printed } = need;
  const security: Security[] = [];
  const info = { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } };
  const document: Generated = generateOpenApi(
    contract,
    { openapi: '3.1.1', info, ...(servers === undefined ? {} : { servers: [...servers] }) },
    {
      setOperationId: 'concatenated-path',
      schemaTransformer: ({ schema, type }) => {
        if (!(schema instanceof z.ZodType)) return null;
        const side = sides[type];
        return printed?.(schema, side) ?? jsonSchemaOf(schema, side, names);
      },
      operationMapper: (operation, route) => {
        const facts = factsOf(route);
        security.push(facts.security);
        return completed(operation, facts);
      },
    },
  );
  const { schemas } = document.components ?? {};
  return JSON.stringify({ ...document, components: { schemas, securitySchemes: schemesOf(security) } });
}

const sides = { body: 'request', response: 'answer', query: 'query', path: 'query', header: 'query' } as const;

function completed(operation: Operation, facts: OperationFacts): Operation {
  const { tag, security, description, source, deprecated, server, answerHeaders, body } = facts;
  const responses = mapped<object, object>(operation.responses, (response, status) => ({
    ...response,
    description: STATUS_CODES[status] ?? status,
    ...(status === '200' && answerHeaders !== undefined ? { headers: headersOf(answerHeaders) } : {}),
  }));
  return {
    ...operation,
    tags: [tag],
    security: [...security],
    ...(description === undefined ? {} : { description }),
    ...(source === undefined ? {} : { externalDocs: { url: source, description: 'The page that defines it' } }),
    ...(deprecated === true ? { deprecated } : {}),
    ...(server === undefined ? {} : { servers: [server] }),
    ...(operation.requestBody !== undefined ? { requestBody: bodyOf(operation.requestBody, body) } : {}),
    responses,
  };
}

const headersOf = (headers: Readonly<Record<string, string>>) =>
  mapped(headers, (description) => ({ description, schema: { type: 'string' } as const }));

function bodyOf(body: Body, { examples, parts }: BodyFacts = {}): Body {
  if (!('content' in body)) return body;
  const more = {
    ...(examples && { examples: mapped(examples, (value, name) => ({ summary: name, value })) }),
    ...(parts && { encoding: mapped(parts, (contentType) => ({ contentType })) }),
  };
  return { required: true, content: mapped(body.content, (media) => ({ ...media, ...more })) };
}

const mapped = <From, To>(record: Readonly<Record<string, From>>, to: (value: From, key: string) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]));
