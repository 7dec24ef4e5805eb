import { initContract } from '@ts-rest/core';
import { ProductionAnswer, ProductionRequest } from './activities.ts';
import type { ActivityTable } from './activity.ts';
import { kitActivities, v1KitActivities } from './kit-activities.ts';
import { kitPath, v1KitPath } from './paths.ts';
import { V1ProductionAnswer, V1Request } from './v1-activities.ts';

const c = initContract();

/** A route for each activity of a table that is told apart by its path. */
type KitRoutes<Table extends ActivityTable> = {
  [Name in keyof Table]: {
    method: 'POST';
    path: string;
    summary: string;
    body: Table[Name]['request'];
    responses: { 200: Table[Name]['answer'] };
  };
};

function kitRoutes<Table extends ActivityTable>(table: Table, pathOf: (name: string) => string): KitRoutes<Table> {
  const routes = Object.entries(table).map(([name, { request, answer }]) => [
    name,
    {
      method: 'POST',
      path: pathOf(name),
      summary: `The store synchronises an enterprise: ${name}`,
      body: request,
      responses: { 200: answer },
    },
  ]);
  return Object.fromEntries(routes) as KitRoutes<Table>; // one route for each entry, made of its own two schemas
}

/**
 * The production address: one POST route for the activities of 2.0 and one GET route for those of V1, told apart by
 * `activity`, and below it a route for each Kit interface. A seller chooses the path. Tokens and signatures are no part
 * of the schemas, because they are checked over the raw request before anything is parsed (R1–R7, R25).
 */
export const productionContractAt = (path: string) =>
  c.router({
    production: {
      method: 'POST',
      path,
      summary: 'The store orders a change of a license or an instance',
      body: ProductionRequest,
      responses: { 200: ProductionAnswer },
    },
    kit: kitRoutes(kitActivities, (name) => kitPath(path, name)),
    v1: {
      method: 'GET',
      path,
      summary: 'The store orders a change of a license or an instance, as the retired V1 has it',
      query: V1Request,
      responses: { 200: V1ProductionAnswer },
    },
    v1Kit: kitRoutes(v1KitActivities, (name) => v1KitPath(path, name)),
  });

export const productionContract = productionContractAt('/production');
