import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { text, textUpTo } from '../text.ts';
import { openApiErrorResponses } from './error-code.ts';
import { OpenApiResult, openApiResult } from './open-api-result.ts';

const c = initContract();

/** Below the store's host; the fallback host has the same paths. */
export const openApiBasePath = '/api/mkp-openapi-public/global';

/** When the software takes effect, UTC, `yyyyMMddHHmmss` (the table leaves room for 16); not before the order was placed. */
const realEffectTime = textUpTo(16).optional();

export const ActivateRequest = z.object({ license: text(64), real_effect_time: realEffectTime });

/** The JSON inside `license_code_info`. Its `expire_time` is an estimate; the query API is authoritative. */
export const LicenseCodeInfo = z.looseObject({
  status: z.string(),
  expire_time: z.string().optional(),
  product_id: z.string().optional(),
  order_id: z.string().optional(),
  /** The quantity bought, for products priced by quantity. */
  amount: z.number().optional(),
});

export const ActivateAnswer = z.object({
  ...openApiResult,
  /** `license_code_info` is a text that holds JSON, see LicenseCodeInfo. */
  data: z.looseObject({ license_code_info: textUpTo(1024) }).optional(),
});

export const BatchActivateRequest = z.object({
  license_list: z.array(text(64)).min(1).max(100),
  real_effect_time: realEffectTime,
});

/** Usage inside a query: retired, usage is reported on its own now; still accepted. */
const HeartbeatInfo = z.looseObject({ thirdPartyAccount: text(256), ip: textUpTo(32).optional() });

export const HeartbeatRequest = z.object({ license: text(64), heartbeatInfo: HeartbeatInfo.optional() });

/** The store's view of a code. The object may gain members. */
export const LicenseInfo = z.looseObject({
  license_code: textUpTo(64),
  status: z.enum(['ALIVE', 'EXPIRED', 'RELEASED']),
  /** In the table without type or form. */
  activate_time: z.string().optional(),
  /** UTC, `yyyyMMddHHmmss`; named on one page only, so it may be missing (R16). */
  expire_time: textUpTo(16).optional(),
  product_name: z.string().optional(),
});

/** The table calls `data` mandatory; an error, which also comes with HTTP 200, has none. */
export const HeartbeatAnswer = z.object({ ...openApiResult, data: LicenseInfo.optional() });

/** Request and answer of the batch query are documented nowhere; only that it exists. Nothing is assumed of them. */
export const BatchHeartbeatRequest = z.looseObject({});
export const BatchHeartbeatAnswer = z.looseObject(openApiResult);

/** Exactly one of `id` (one client that logged in) and `active_num` (all of the day's clients). */
const SoftwareUsageInfo = z
  .object({ id: text(256).optional(), active_num: z.int().min(0).max(999_999_999).optional() })
  .refine((usage) => (usage.id === undefined) !== (usage.active_num === undefined), 'exactly one of id and active_num');

export const SoftwareUsageRequest = z.object({
  usage_info: z
    .array(z.object({ license: text(64), software_usage_Info: z.array(SoftwareUsageInfo).min(1).max(100) }))
    .min(1)
    .max(100),
});

/** `data` lists entries that failed; its members are documented nowhere, and a name beginning `check_fail_` was seen cut off. */
export const SoftwareUsageAnswer = z.object({ ...openApiResult, data: z.looseObject({}).optional() });

/** The License open APIs the seller calls, signed with AK/SK (`accessg-marketplace/zh-cn_topic_0070649244`, `…245`, `…2290055385`). */
export const licenseOpenApi = c.router({
  activate: {
    method: 'POST',
    path: `${openApiBasePath}/v1/license/activate`,
    summary: 'Activates one code (激活授权码)',
    body: ActivateRequest,
    responses: { ...openApiErrorResponses, 200: ActivateAnswer },
  },
  activateBatch: {
    method: 'POST',
    path: `${openApiBasePath}/v2/license/activate`,
    summary: 'Activates up to 100 codes',
    body: BatchActivateRequest,
    responses: { ...openApiErrorResponses, 200: OpenApiResult },
  },
  heartbeat: {
    method: 'POST',
    path: `${openApiBasePath}/v1/license/heartbeat`,
    summary: 'Queries one code (查询授权码)',
    body: HeartbeatRequest,
    responses: { ...openApiErrorResponses, 200: HeartbeatAnswer },
  },
  heartbeatBatch: {
    method: 'POST',
    path: `${openApiBasePath}/v2/license/heartbeat`,
    summary: 'Queries several codes; request and answer are not documented',
    body: BatchHeartbeatRequest,
    responses: { ...openApiErrorResponses, 200: BatchHeartbeatAnswer },
  },
  softwareUsage: {
    method: 'POST',
    path: `${openApiBasePath}/v2/license/software-usage-info`,
    summary: 'Reports the usage of a day (授权码软件使用统计)',
    body: SoftwareUsageRequest,
    responses: { ...openApiErrorResponses, 200: SoftwareUsageAnswer },
  },
});
