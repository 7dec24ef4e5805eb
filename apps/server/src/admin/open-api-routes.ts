/** Routes of the admin API that call the store's open APIs for the seller, so that keys and secrets stay in the server. */
import {
  AbnormalUsageData,
  KitUserInfo,
  kitLoginApi,
  OldUsageRecord,
  UsageRecord,
  usageRecordLimit,
} from '@koobridge/contracts';
import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { Problem } from './problem.ts';

const c = initContract();
const filled = z.string().min(1).max(4096);

/** A record for either interface: the old one needs `product_id`, the new one `metering_sn`. */
const PushedRecord = UsageRecord.extend({ product_id: OldUsageRecord.shape.product_id.nullish() });

const FaultyRecords = Problem.extend({
  /** Each record by its place in the list, from 0, with the store's code; none where a member is missing. */
  records: z.array(z.object({ index: z.number(), code: z.string(), meaning: z.string() })),
});

/** The reason that the store gave; absent where it gave none. */
const StoreProblem = Problem.extend({ code: z.string().optional(), message: z.string().optional() });

const LoginProblem = Problem.extend({ description: z.string().optional() });

const tokens = {
  accessToken: z.string(),
  /** Seconds. */
  expiresIn: z.number(),
  refreshToken: z.string().optional(),
};

const application = z.object({ tenantId: z.string().min(1).max(64), appId: z.string().min(1).max(64) });
/** Chooses among several instances; without it the one whose application changed last is taken. */
const instanceId = z.string().max(64).optional();
const base = '/tenants/:tenantId/applications/:appId';
const loginResponses = { 404: Problem, 422: LoginProblem, 502: Problem };

export const openApiRoutes = c.router({
  pushUsage: {
    method: 'POST',
    path: '/usage-records',
    summary: 'Reports usage to the store, in the new interface unless the old one is asked for',
    query: z.object({ interface: z.enum(['new', 'old']).default('new') }),
    body: z.object({ usage_records: z.array(PushedRecord).min(1).max(usageRecordLimit) }),
    responses: {
      200: z.object({
        code: z.string(),
        message: z.string(),
        /** Records that the store took and found faulty. */
        abnormal: z.array(AbnormalUsageData),
      }),
      409: Problem,
      422: FaultyRecords,
      502: StoreProblem,
    },
  },
  login: {
    method: 'POST',
    path: `${base}/login`,
    pathParams: application,
    summary: 'Exchanges the code that a buyer’s browser brought, and tells who logged in',
    body: z.object({ code: filled, redirectUri: filled.optional(), instanceId }),
    responses: { 200: z.object({ user: KitUserInfo, ...tokens }), ...loginResponses },
  },
  refreshLogin: {
    method: 'POST',
    path: `${base}/refresh`,
    pathParams: application,
    summary: 'Exchanges a refresh token for new tokens',
    body: z.object({ refreshToken: filled, instanceId }),
    responses: { 200: z.object(tokens), ...loginResponses },
  },
  loginUrl: {
    method: 'GET',
    path: `${base}/login-url`,
    pathParams: application,
    summary: 'Where a buyer’s browser is sent to log in',
    query: z.object({
      redirectUri: filled.optional(),
      state: kitLoginApi.authorize.query.shape.state,
      instanceId,
    }),
    responses: {
      200: z.object({
        /** The store’s unified login page. */
        loginUrl: z.string(),
        /** On the tenant's own domain; null without `redirectUri`, which it needs. */
        authorizeUrl: z.string().nullable(),
      }),
      404: Problem,
      502: Problem,
    },
  },
});
