import * as contracts from '@koobridge/contracts';
import {
  type ActivityTable,
  activities,
  interfaces,
  ProductionAnswer,
  productionContractAt,
  V1ProductionAnswer,
  V1Request,
  v1Activities,
} from '@koobridge/contracts';
import type { AppRoute } from '@ts-rest/core';
import type * as z from 'zod';
import { type OperationFacts, openApiDocument } from './document.ts';
import { examples } from './examples.ts';
import { type JsonSchema, jsonSchemaOf, namesOf, type Side } from './json-schema.ts';
import { mergedMembers } from './merged-members.ts';
import { rowsText } from './rows.ts';
import { securityOf } from './security.ts';

const names = namesOf(contracts);

const description = `The interfaces by which the store calls a seller.

Every answer is HTTP 200 with \`resultCode\` and \`resultMsg\`, whatever went wrong (R8), within 5 s (R9). A wrong, stale or
used token is \`000001\`; a missing or malformed part of it, and a member that is not as described, is \`000002\` (R7, R10).
\`testFlag\` 1 marks a call of the debugging page, which changes nothing (R11, R12). Unknown members are ignored, and null
means absent (R10).

Tokens are checked over the bytes received, before anything is parsed (R1–R7). R1 to R27 are the rulings of
\`docs/rulings.md\`.`;

/** The OpenAPI document of the production address. Throws for nothing that a configuration may hold. */
export const productionDocument = (productionPath: string): string =>
  openApiDocument({
    title: 'Koobridge: the production address',
    version: '2.0',
    description,
    contract: productionContractAt(productionPath),
    names,
    factsOf: (route) => factsOf(route, productionPath),
    printed,
  });

function factsOf({ method, path }: AppRoute, productionPath: string): OperationFacts {
  const below = productionPath.replace(/\/$/, '');
  const rows = interfaces.filter(
    (row) => row.method === method && path === (row.path === '' ? productionPath : below + row.path),
  );
  const [row] = rows;
  if (row === undefined) throw new TypeError(`no interface is called by ${method} ${path}`);
  const facts = {
    security: securityOf(row),
    description: rowsText(rows),
    ...(rows.length > 1 ? {} : { source: row.source }),
  };
  const place = row.path === '' ? 'Production address' : 'Kit';
  if (row.generation === '2.0') return { ...facts, tag: place, ...(row.path === '' ? { body: { examples } } : {}) };
  return {
    ...facts,
    tag: `${place}, V1 (retired)`,
    description: `Answered only where V1 is switched on (R25).\n\n${facts.description}`,
    deprecated: true,
    answerHeaders: { 'Body-Sign': 'Signs the answer (R25)' },
  };
}

/** The bodies and queries that hold one of several activities. */
function printed(schema: z.ZodType, side: Side): JsonSchema | undefined {
  switch (schema) {
    case ProductionAnswer:
      return { ...mergedMembers(membersOf(activities, 'answer', side)), title: 'ProductionAnswer' };
    case V1Request:
      return mergedMembers(membersOf(v1Activities, 'request', side));
    case V1ProductionAnswer:
      return { ...mergedMembers(membersOf(v1Activities, 'answer', side)), title: 'V1ProductionAnswer' };
    default:
      return undefined;
  }
}

const membersOf = (table: ActivityTable, part: 'request' | 'answer', side: Side): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.values(table).map((activity) => [activity.name, jsonSchemaOf(activity[part], side, names)]),
  );
