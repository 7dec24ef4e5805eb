import {
  formatStoreTime,
  type LicenseInfo,
  type licenseOpenApi,
  readStoreTime,
  storeTimeInUtc,
} from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import { productWithId } from '../catalogue/product.ts';
import { activate } from '../licenses/activate.ts';
import type { License } from '../licenses/license.ts';
import { expiresAt, lastTerm, statusAt } from '../licenses/moments.ts';
import { writeChange } from '../licenses/write.ts';
import type { MarketplaceParts } from '../marketplace.ts';
import { activateAll } from './activate-all.ts';
import { openApiError, openApiSuccess } from './answer.ts';
import { gatewayError } from './gateway.ts';

/**
 * The License open APIs (`accessg-marketplace/zh-cn_topic_0070649244`, `…245`, `…2290055385`). They take no turn: a
 * seller's server may call them while it is being called, and each is one transaction that sends nothing.
 */
export function licenseHandlers({ records, moment }: MarketplaceParts): Handlers<typeof licenseOpenApi> {
  const { clock, licenses } = records;
  return {
    activate: ({ body }) => {
      const effect = readEffectTime(body.real_effect_time);
      if (effect === 'malformed') return openApiError('95000001', malformedEffect);
      return records.transaction(() => {
        const license = licenses.find(body.license);
        if (license === undefined) return openApiError('92020005');
        const decision = activate(license, effect, clock.now());
        if (!decision.ok) return openApiError(decision.refusal);
        writeChange(records, decision.change, moment);
        return {
          status: 200,
          body: { ...openApiSuccess, data: { license_code_info: codeInfo(decision.change.license) } },
        };
      });
    },
    activateBatch: ({ body }) => {
      const effect = readEffectTime(body.real_effect_time);
      if (effect === 'malformed') return openApiError('95000001', malformedEffect);
      return records.transaction(() => {
        const decision = activateAll(body.license_list, (code) => licenses.find(code), effect, clock.now());
        if (!decision.ok) return openApiError(decision.refusal);
        for (const change of decision.changes) writeChange(records, change, moment);
        return { status: 200, body: openApiSuccess };
      });
    },
    heartbeat: ({ body }) => {
      const license = licenses.find(body.license);
      if (license === undefined) return openApiError('92020005');
      const { activatedAt } = license;
      if (activatedAt === null) return openApiError('92020011');
      return { status: 200, body: { ...openApiSuccess, data: licenseInfo(license, activatedAt, clock.now()) } };
    },
    heartbeatBatch: () =>
      gatewayError('APIGW.0101', 'request and answer of the v2 heartbeat are documented nowhere; use v1'),
    softwareUsage: ({ body }) =>
      records.transaction(() => {
        const unknown = body.usage_info.some(({ license }) => (licenses.find(license)?.activatedAt ?? null) === null);
        if (unknown) return openApiError('92020020');
        for (const { license, software_usage_Info: entries } of body.usage_info) {
          for (const { id, active_num } of entries) {
            licenses.reportUsage({
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

/** The JSON inside the text `license_code_info`, members as in the documented sample. */
function codeInfo(license: License): string {
  return JSON.stringify({
    status: 'ALIVE',
    expire_time: formatStoreTime(expiresAt(license)),
    product_id: lastTerm(license).productId,
    amount: license.quantity,
    order_id: license.terms[0].orderId,
  });
}

const queriedStatus = { ACTIVE: 'ALIVE', EXPIRED: 'EXPIRED', FROZEN: 'EXPIRED', RELEASED: 'RELEASED' } as const;

function licenseInfo(license: License, activatedAt: number, now: number): z.output<typeof LicenseInfo> {
  return {
    license_code: license.code,
    status: queriedStatus[statusAt(license, now)],
    activate_time: formatStoreTime(activatedAt),
    expire_time: formatStoreTime(expiresAt(license)),
    product_name: productWithId(lastTerm(license).productId)?.productName,
  };
}
