import * as z from 'zod';
import type { PeriodUnit } from '../catalogue/product.ts';
import { expiresAt } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';

/** Whole days, months or years in ISO 8601, such as `P30D`. */
export const Validity = z
  .string()
  .regex(/^P[1-9]\d{0,3}[DMY]$/, 'must be up to 9999 days, months or years in ISO 8601, such as P30D, P1M or P1Y');

/** A code for debugging the License open APIs before anything is sold (测试授权码). Instants are those of the life-cycle clock. */
export const TestCode = z.object({
  code: z.string(),
  /** Its validity, which the activation moves as it does that of a code that was sold. */
  validity: Validity,
  appliedAt: z.number(),
  startsAt: z.number(),
  activatedAt: z.number().nullable(),
  /** The latest query that was answered after the activation. */
  checkedAt: z.number().nullable(),
});
export type TestCode = z.output<typeof TestCode>;

/** The code as the License open APIs see it: claimed from the beginning, and of no order and no product. */
export const asLicense = ({ code, validity, appliedAt, startsAt, activatedAt }: TestCode): Subscription => ({
  id: code,
  access: 'LICENSE_CODE',
  chargingMode: 'PERIOD',
  instanceId: null,
  customer: '',
  customerLevel: 'V0',
  quantity: 1,
  orderedAt: appliedAt,
  startsAt,
  openedAt: activatedAt,
  claimedAt: appliedAt,
  activatedAt,
  phase: 'ACTIVE',
  trial: false,
  violation: false,
  autoRenew: false,
  awaiting: null,
  orderCount: 0,
  terms: [{ orderId: '', productId: '', period: unitOf(validity), count: Number(validity.slice(1, -1)), quantity: 1 }],
});

const unitOf = (validity: string): PeriodUnit =>
  validity.endsWith('D') ? 'day' : validity.endsWith('M') ? 'month' : 'year';

export const testCodeExpiresAt = (code: TestCode): number => expiresAt(asLicense(code)) ?? code.startsAt;
