import {
  formatStoreTime,
  type LicenseInfo,
  type licenseOpenApi,
  readStoreTime,
  storeTimeInUtc,
} from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import type { Catalogue } from '../catalogue/queries.ts';
import type { MarketplaceParts } from '../marketplace.ts';
import { activate } from '../subscriptions/activate.ts';
import { expiresAt, lastTerm, type Status, statusAt } from '../subscriptions/moments.ts';
import { purchaseOf, type Subscription } from '../subscriptions/subscription.ts';
import { activateAll } from './activate-all.ts';
import { openApiError, openApiSuccess } from './answer.ts';
import { codesOf } from './codes.ts';
import { gatewayError } from './gateway.ts';

/**
 * The License open APIs (`accessg-marketplace/zh-cn_topic_0070649244`, `…245`, `…2290055385`). They take no turn: a
 * seller's server may call them while it is being called, and each is one transaction that sends nothing.
 */
export function licenseHandlers({ records, moments }: MarketplaceParts): Handlers<typeof licenseOpenApi> {
  const { clock, subscriptions, supervisions, catalogue } = records;
  const codes = codesOf(records, moments);
  return {
    activate: ({ body }) => {
      const effect = readEffectTime(body.real_effect_time);
      if (effect === 'malformed') return openApiError('95000001', malformedEffect);
      return records.transaction(() => {
        const license = codes.find(body.license);
        if (license === undefined) return openApiError('92020005');
        const decision = activate(license, effect, clock.now(), supervisions.running(license.id));
        if (!decision.ok) return openApiError(decision.refusal);
        codes.write(decision.change);
        return {
          status: 200,
          body: { ...openApiSuccess, data: { license_code_info: codeInfo(decision.change.subscription) } },
        };
      });
    },
    activateBatch: ({ body }) => {
      const effect = readEffectTime(body.real_effect_time);
      if (effect === 'malformed') return openApiError('95000001', malformedEffect);
      return records.transaction(() => {
        const decision = activateAll(body.license_list, codes.find, effect, clock.now(), supervisions.running);
        if (!decision.ok) return openApiError(decision.refusal);
        for (const change of decision.changes) codes.write(change);
        return { status: 200, body: openApiSuccess };
      });
    },
    heartbeat: ({ body }) =>
      records.transaction(() => {
        const license = codes.find(body.license);
        if (license === undefined) return openApiError('92020005');
        const { activatedAt } = license;
        if (activatedAt === null) return openApiError('92020011');
        codes.checked(license.id);
        return {
          status: 200,
          body: { ...openApiSuccess, data: licenseInfo(license, activatedAt, clock.now(), catalogue) },
        };
      }),
    heartbeatBatch: () =>
      gatewayError(
        'The API does not exist or has not been published in the environment.',
        'request and answer of the v2 heartbeat are documented nowhere; use v1',
      ),
    softwareUsage: ({ body }) =>
      records.transaction(() => {
        const unknown = body.usage_info.some(({ license }) => (codes.find(license)?.activatedAt ?? null) === null);
        if (unknown) return openApiError('92020020');
        for (const { license, software_usage_Info: entries } of body.usage_info) {
          for (const { id, active_num } of entries) {
            subscriptions.reportUsage({
              license,
              reportedAt: clock.now(),
              clientId: id ?? null,
              activeNumber: active_num ?? null,
            });
          }
        }
        return { status: 200, body: openApiSuccess };
      }),
  };
}

const malformedEffect = 'real_effect_time is no date as yyyyMMddHHmmss';

function readEffectTime(text: string | undefined): number | undefined | 'malformed' {
  if (text === undefined) return undefined;
  const time = readStoreTime(text);
  return time === undefined ? 'malformed' : storeTimeInUtc(time);
}

/** The JSON inside the text `license_code_info`, members as in the documented sample; a test code is of no product and order. */
function codeInfo(license: Subscription): string {
  return JSON.stringify({
    status: 'ALIVE',
    ...expiry(license),
    product_id: lastTerm(license).productId || undefined,
    amount: license.quantity,
    order_id: purchaseOf(license) || undefined,
  });
}

const expiry = (license: Subscription): { readonly expire_time?: string } => {
  const instant = expiresAt(license);
  return instant === null ? {} : { expire_time: formatStoreTime(instant) };
};

const queriedStatus = {
  UNPAID: 'ALIVE',
  OPENING: 'ALIVE',
  ACTIVE: 'ALIVE',
  EXPIRED: 'EXPIRED',
  FROZEN: 'EXPIRED',
  RELEASED: 'RELEASED',
} as const satisfies Readonly<Record<Status, string>>;

function licenseInfo(
  license: Subscription,
  activatedAt: number,
  now: number,
  catalogue: Catalogue,
): z.output<typeof LicenseInfo> {
  return {
    license_code: license.id,
    status: queriedStatus[statusAt(license, now)],
    activate_time: formatStoreTime(activatedAt),
    ...expiry(license),
    product_name: catalogue.productWithId(lastTerm(license).productId)?.productName,
  };
}
