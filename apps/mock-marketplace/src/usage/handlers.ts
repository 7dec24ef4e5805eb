import { usageRecordCodes } from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import { iso, isoOrNull } from '../clock/calendar.ts';
import { ok } from '../control/refusal.ts';
import type { Marketplace } from '../marketplace.ts';
import type { KeptRecord } from './record.ts';
import type { UsageRecordView, usageRoutes } from './routes.ts';
import { validateAll } from './validate.ts';

export function usageHandlers({ parts: { records }, turns }: Marketplace): Handlers<typeof usageRoutes> {
  return {
    usageRecords: ({ query }) => ok(records.usageRecords.list(query).map(view)),
    validateUsageRecords: () => turns.take(async () => ok(await validateAll(records))),
  };
}

function view({ receivedAt, validatedAt, codes, ...kept }: KeptRecord): z.output<typeof UsageRecordView> {
  return {
    ...kept,
    receivedAt: iso(receivedAt),
    codes: codes.map((code) => ({ code, meaning: usageRecordCodes[code] })),
    validatedAt: isoOrNull(validatedAt),
  };
}
