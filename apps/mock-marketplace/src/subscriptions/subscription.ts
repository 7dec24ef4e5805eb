import { ChargingMode } from '@koobridge/contracts';
import * as z from 'zod';
import { CustomerLevel } from '../catalogue/customer-level.ts';
import { Access, PeriodUnit } from '../catalogue/product.ts';

/** Periods that were paid for: by the purchase, or by a renewal. Without a unit it has no end. */
export const Term = z.object({
  orderId: z.string(),
  productId: z.string(),
  period: PeriodUnit.nullable(),
  count: z.number(),
  /** How much of the product it is for. */
  quantity: z.number(),
});
export type Term = z.output<typeof Term>;

/**
 * Where a subscription is in its life. `UNPAID` until the order is, and `OPENING` until the seller's server has made the instance. Expired is no phase: it
 * follows from the expiry and the clock. `RELEASED` is final.
 */
export const Phase = z.enum(['UNPAID', 'OPENING', 'ACTIVE', 'FROZEN', 'RELEASED']);
export type Phase = z.output<typeof Phase>;

/** What a customer has bought, as the store knows it: an authorization code, or an instance. Instants are those of the life-cycle clock (R23). */
export const Subscription = z.object({
  /** The code of a License code; the store's own id of any other resource. */
  id: z.string(),
  access: Access,
  chargingMode: ChargingMode,
  /** How the seller names the instance, once it did. A License code has none. */
  instanceId: z.string().nullable(),
  customer: z.string(),
  customerLevel: CustomerLevel,
  /** The amount of a product priced by quantity; one order is one subscription, whatever its quantity. */
  quantity: z.number(),
  orderedAt: z.number(),
  /** When the first period began: at the order, moved by the activation of a code or the opening of an instance. */
  startsAt: z.number(),
  /** When the seller's server had made the instance. */
  openedAt: z.number().nullable(),
  claimedAt: z.number().nullable(),
  activatedAt: z.number().nullable(),
  phase: Phase,
  trial: z.boolean(),
  /** Whether the store freezes it for a violation, whatever its expiry. */
  violation: z.boolean(),
  autoRenew: z.boolean(),
  /** The unsubscription that waits for the seller's word. */
  awaiting: z.string().nullable(),
  /** How many orders were placed for it, the purchase included. */
  orderCount: z.number(),
  /** Periods one behind the other: the purchase first, cancelled renewals left out. */
  terms: z.tuple([Term], Term),
});
export type Subscription = z.output<typeof Subscription>;

export type NotThere = 'unpaid' | 'opening' | 'released';

/** Why nothing can be done with a subscription: it is not there yet, or not any more. */
export function whyNotThere({ phase }: Subscription): NotThere | undefined {
  if (phase === 'UNPAID') return 'unpaid';
  if (phase === 'OPENING') return 'opening';
  return phase === 'RELEASED' ? 'released' : undefined;
}

/** The purchase. */
export const purchaseOf = ({ terms }: Subscription): string => terms[0].orderId;

/** The code, for what shows License codes only. */
export const licenseOf = ({ access, id }: Subscription): string | null => (access === 'LICENSE_CODE' ? id : null);

/** Every order the marketplace makes has one line. */
export const lineOf = (orderId: string): string => `${orderId}-000001`;
