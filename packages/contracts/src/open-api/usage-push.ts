import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { text, textUpTo } from '../text.ts';
import { GatewayError } from './gateway-error.ts';
import { openApiBasePath } from './license.ts';
import { OldUsageRecord, UsageRecord, usageRecordLimit } from './usage-record.ts';

const c = initContract();

/**
 * The headers that sign a push of the new interface: `signature` is Base64, `ts` milliseconds since the epoch. Whether
 * the call needs AK/SK as well is contradictory: two pages say so, the newest one and every sample do not.
 */
export const UsagePushHeaders = z.object({ signature: text(1000), ts: text(20), nonce: text(64) });

export const UsagePushRequest = z.object({ usage_records: z.array(UsageRecord).min(1).max(usageRecordLimit) });
export const OldUsagePushRequest = z.object({ usage_records: z.array(OldUsageRecord).min(1).max(usageRecordLimit) });

/**
 * Success is MKT.0000, of 8 characters, while the table gives the code a length of 6; it is read up to 16 as in the
 * store's other answers. A newer edition adds a member that holds AbnormalUsageDataInfo; its name is not documented.
 */
export const UsagePushAnswer = z.looseObject({ error_code: textUpTo(16), error_msg: textUpTo(255).optional() });

/** A faulty record in an answer: a text, and members that are not documented, a code of `usageRecordCodes` among them. */
export const AbnormalUsageData = z.looseObject({ error_msg: z.string() });

export const AbnormalUsageDataInfo = z.looseObject({
  abnormal_usage_data: z.array(AbnormalUsageData).max(usageRecordLimit),
});

/** The usage push's error codes; a fault of a single record is no error of the call but one of `usageRecordCodes`. */
export const usagePushErrors = {
  'MKT.0000': { status: 200, message: 'Success.' },
  'MKT.0999': { status: 500, message: 'System internal error.' },
  'MKT.0100': { status: 500, message: 'Failure of input parameter' },
  'MKT.0101': { status: 400, message: 'Invalid parameter' },
  'MKT.0102': { status: 400, message: 'Invalid body sign' },
  'MKT.0199': { status: 400, message: 'Request parameter error' },
  'MKT.0150': { status: 401, message: 'Illegal operation' },
  'MKT.0151': { status: 401, message: 'No authority' },
  'MKT.0154': { status: 401, message: 'Illegal token' },
  'MKT.9001': { status: 500, message: 'Instance ID not found.' },
  'MKT.9002': { status: 500, message: 'Invalid usage enties.' },
  'MKT.9003': { status: 500, message: 'Usage records extends size limit.' },
  'MKT.9004': { status: 500, message: 'Record beginTime extends Limit.' },
} as const;

export type UsagePushErrorCode = keyof typeof usagePushErrors;

const failure = z.union([UsagePushAnswer, GatewayError]);
const responses = {
  200: UsagePushAnswer,
  400: failure,
  401: failure,
  403: failure,
  404: failure,
  413: failure,
  429: failure,
  500: failure,
} as const;

/**
 * The pay-per-use usage push (按需使用量推送): new (`accessg-marketplace/zh-cn_topic_0070649410`), signed by
 * `UsagePushHeaders` with the key of the basic interfaces, and old (`…0070649411`), signed with AK/SK.
 */
export const usagePushApi = c.router({
  usagePush: {
    method: 'POST',
    path: `${openApiBasePath}/v1/isv/usage-data`,
    summary: 'Reports the usage of pay-per-use instances',
    body: UsagePushRequest,
    responses,
  },
  usagePushOld: {
    method: 'POST',
    path: '/rest/marketplace/v1/isv/usage-data',
    summary: 'Reports the usage of pay-per-use instances, without ids of records',
    body: OldUsagePushRequest,
    responses,
  },
});
