import type { CustomerLevel } from '../catalogue/customer-level.ts';
import type { Product } from '../catalogue/product.ts';
import { latestInstant } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../licenses/change.ts';
import type { License } from '../licenses/license.ts';
import { expiresAt } from '../licenses/moments.ts';
import { orderFor } from './order.ts';

export interface Purchase {
  readonly orderId: string;
  readonly code: string;
  readonly product: Product;
  readonly customerLevel: CustomerLevel;
  readonly quantity: number;
}

/**
 * A purchase makes one code, which runs from the order until an activation moves it. No activity announces it
 * (`accessg-marketplace/zh-cn_topic_0070649172`).
 */
export function buy(purchase: Purchase, now: number): Decision<'too-late'> {
  const { orderId, code, product, customerLevel, quantity } = purchase;
  const { productId, period } = product;
  const license: License = {
    code,
    customerLevel,
    quantity,
    orderedAt: now,
    startsAt: now,
    claimedAt: null,
    activatedAt: null,
    phase: 'ACTIVE',
    awaiting: null,
    terms: [{ orderId, productId, period }],
  };
  const expiry = expiresAt(license);
  if (expiry > latestInstant) return refused('too-late');
  return decided({
    license,
    order: orderFor(license, {
      orderId,
      type: 'NEW',
      orderedAt: now,
      expiresAt: expiry,
      status: 'PROCESSING',
    }),
    callbacks: [],
  });
}
