import { OrderType } from '@koobridge/contracts';
import * as z from 'zod';
import type { License } from '../licenses/license.ts';
import { lastTerm } from '../licenses/moments.ts';

/**
 * `PROCESSING` until the code is activated (NEW) or the seller's server took the callback (RENEW, UNSUBSCRIBE);
 * an unsubscription may first wait for the seller, who may reject it, or lapse because the code was released meanwhile.
 */
export const OrderStatus = z.enum(['PROCESSING', 'COMPLETED', 'AWAITING_SELLER', 'REJECTED', 'CANCELLED']);
export type OrderStatus = z.output<typeof OrderStatus>;

/** An order of one line. Instants are those of the life-cycle clock. */
export const Order = z.object({
  orderId: z.string(),
  type: OrderType,
  license: z.string(),
  productId: z.string(),
  quantity: z.number(),
  orderedAt: z.number(),
  /** The expiry this order led to when it was placed; none for an unsubscription of the whole code. */
  expiresAt: z.number().nullable(),
  status: OrderStatus,
});
export type Order = z.output<typeof Order>;

/** An order for a code and the product of its last period. */
export function orderFor(license: License, order: Omit<Order, 'license' | 'productId' | 'quantity'>): Order {
  const { code, quantity } = license;
  return { ...order, license: code, productId: lastTerm(license).productId, quantity };
}
