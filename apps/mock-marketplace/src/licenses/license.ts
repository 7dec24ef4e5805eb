import * as z from 'zod';
import { CustomerLevel } from '../catalogue/customer-level.ts';

/** A period that was paid for: the purchase, or a renewal. */
export const Term = z.object({ orderId: z.string(), productId: z.string(), period: z.enum(['year', 'month']) });
export type Term = z.output<typeof Term>;

/**
 * Where a code is in its life. Expired is no phase: it follows from the expiry and the clock.
 * `RELEASED` is final.
 */
export const Phase = z.enum(['ACTIVE', 'FROZEN', 'RELEASED']);
export type Phase = z.output<typeof Phase>;

/** An authorization code as the store knows it. Instants are those of the life-cycle clock (R23). */
export const License = z.object({
  code: z.string(),
  customerLevel: CustomerLevel,
  /** The amount of a product priced by quantity; one order is one code, whatever its quantity. */
  quantity: z.number(),
  orderedAt: z.number(),
  /** When the first period began: at the order, moved by the activation. */
  startsAt: z.number(),
  claimedAt: z.number().nullable(),
  activatedAt: z.number().nullable(),
  phase: Phase,
  /** The unsubscription that waits for the seller's word. */
  awaiting: z.string().nullable(),
  /** Periods one behind the other: the purchase first, cancelled renewals left out. */
  terms: z.tuple([Term], Term),
});
export type License = z.output<typeof License>;

/** Every order the marketplace makes has one line. */
export const lineOf = (orderId: string): string => `${orderId}-000001`;
