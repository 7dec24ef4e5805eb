import { type OldUsageRecord, type UsageRecord, usagePushApi, usagePushErrors } from '@koobridge/contracts';
import type { Answer, Handlers, Refusal } from '@koobridge/ts-rest-koa';
import * as z from 'zod';
import type { MarketplaceParts } from '../marketplace.ts';
import { gatewayError } from '../open-api/gateway.ts';
import { usagePushError } from './answer.ts';
import { newPush, oldPush, readPush } from './push.ts';
import { planValidation } from './validate.ts';

/** Both interfaces; their bodies are read by the handlers, because each fault of one has a code of its own. */
export const usagePushRoutes = {
  usagePush: { ...usagePushApi.usagePush, body: z.unknown() },
  usagePushOld: { ...usagePushApi.usagePushOld, body: z.unknown() },
} as const;

/**
 * The usage push (按需使用量推送, `accessg-marketplace/zh-cn_topic_0070649410`, `…411`): what is readable is accepted, faulty
 * records with it. It takes no turn, as no open API does.
 */
export function usagePushHandlers({ records }: MarketplaceParts): Handlers<typeof usagePushRoutes> {
  const accept = (pushed: readonly (UsageRecord | OldUsageRecord)[]) =>
    records.transaction(() => {
      const now = records.clock.now();
      for (const record of pushed) records.usageRecords.add(record, now);
      planValidation(records);
      return accepted;
    });
  return {
    usagePush: ({ body }) => {
      const reading = readPush(newPush, body);
      return reading.ok ? accept(reading.push.usage_records) : usagePushError(reading.code, reading.detail);
    },
    usagePushOld: ({ body }) => {
      const reading = readPush(oldPush, body);
      return reading.ok ? accept(reading.push.usage_records) : usagePushError(reading.code, reading.detail);
    },
  };
}

const accepted = {
  status: 200 as const,
  body: { error_code: 'MKT.0000', error_msg: usagePushErrors['MKT.0000'].message },
};

/** How a push that reached no handler is answered. */
export function refusedUsagePush(refusal: Refusal<undefined, Answer>, report: (error: unknown) => void): Answer {
  switch (refusal.kind) {
    case 'body-too-large':
      return gatewayError('Request entity too large.', `more than ${refusal.limit} bytes`);
    case 'body-too-slow':
      return usagePushError('MKT.0199', 'the body did not arrive in time');
    case 'body-compressed':
      return usagePushError('MKT.0199', 'the body is compressed');
    case 'body-unreadable':
      return usagePushError('MKT.0199', `the body is no JSON in UTF-8 (${refusal.reason})`);
    case 'not-admitted':
      return refusal.reason;
    case 'schema':
      return usagePushError('MKT.0101', refusal.part);
    case 'failed':
      report(refusal.error);
      return usagePushError('MKT.0999', 'the terminal of the marketplace says how');
  }
}
