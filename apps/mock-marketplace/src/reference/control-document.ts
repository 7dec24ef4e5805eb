import { STATUS_CODES } from 'node:http';
import type { AppRoute } from '@ts-rest/core';
import { generateOpenApi } from '@ts-rest/open-api';
import * as z from 'zod';
import { Customer } from '../catalogue/customer.ts';
import { Product } from '../catalogue/product.ts';
import { ClockView, controlContract } from '../control/contract.ts';
import { AttemptView, MessageView } from '../control/message-view.ts';
import { failures } from '../control/shapes.ts';
import { OrderView, Placed } from '../orders/routes.ts';
import { InstanceView, LicenseView } from '../subscriptions/routes.ts';
import { type JsonSchema, jsonSchemaOf, type SchemaNames } from './json-schema.ts';

type OperationMapper = NonNullable<NonNullable<Parameters<typeof generateOpenApi>[2]>['operationMapper']>;
type Operation = Parameters<OperationMapper>[0];

const description = `How an operator, a test or a console plays the buyer, the seller and the passing of time.

It has no password: whoever reaches it can make signed calls to the production address. Web pages of another origin are
refused. Errors are \`{"error": "what, why, what to do"}\`. What a call causes now is sent before it is answered; changes
of state are made one after the other. Times are ISO 8601, UTC. R21 to R24 are rulings of \`docs/rulings.md\`.`;

const names: SchemaNames = new Map<z.core.$ZodType, string>([
  [failures[404], 'Error'],
  [AttemptView, 'Attempt'],
  [ClockView, 'Clock'],
  [Customer, 'Customer'],
  [InstanceView, 'Instance'],
  [LicenseView, 'License'],
  [MessageView, 'Message'],
  [OrderView, 'Order'],
  [Placed, 'Placed'],
  [Product, 'Product'],
]);

/** The OpenAPI 3.1 document of the control API, as JSON text. */
export function controlDocument(): string {
  const document = generateOpenApi(
    controlContract,
    {
      openapi: '3.1.1',
      info: {
        title: 'mock-marketplace: the control API',
        version: '1.0',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
    },
    {
      setOperationId: true,
      schemaTransformer: ({ schema, type }): JsonSchema | null =>
        schema instanceof z.ZodType ? jsonSchemaOf(schema, type === 'response' ? 'output' : 'input', names) : null,
      operationMapper: completed,
    },
  );
  return JSON.stringify(document);
}

/** What the contract does not say: the part of the API that an operation belongs to, and its statuses in words. */
function completed(operation: Operation, route: AppRoute): Operation {
  const { requestBody } = operation;
  const responses = Object.entries<object>(operation.responses).map(([status, response]) => [
    status,
    { ...response, description: STATUS_CODES[status] ?? status },
  ]);
  // ts-rest leaves open whether a body must be there.
  const required = 'body' in route && !(route.body instanceof z.ZodOptional);
  return {
    ...operation,
    tags: [route.path.split('/')[2] ?? route.path],
    security: [],
    responses: Object.fromEntries(responses),
    ...(requestBody !== undefined && 'content' in requestBody ? { requestBody: { ...requestBody, required } } : {}),
  };
}
