import { initContract } from '@ts-rest/core';
import { ProductionRequest } from './activities.ts';
import { ResultAnswer } from './result.ts';

const c = initContract();

/**
 * The production address: one route for every activity, told apart by `activity`. A seller chooses the path. The
 * security token in the query is no part of the schema, because it is checked over the raw request before anything is
 * parsed (R1–R7).
 */
export const productionContractAt = (path: string) =>
  c.router({
    production: {
      method: 'POST',
      path,
      summary: 'The store orders a change of a license or an instance',
      body: ProductionRequest,
      responses: { 200: ResultAnswer },
    },
  });

export const productionContract = productionContractAt('/production');
