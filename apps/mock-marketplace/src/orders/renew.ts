import { refresh } from '../callbacks/callback.ts';
import type { Product } from '../catalogue/product.ts';
import { latestInstant } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../licenses/change.ts';
import type { License } from '../licenses/license.ts';
import { expiresAt, lastTerm } from '../licenses/moments.ts';
import { orderFor } from './order.ts';

export type RenewalRefusal = 'released' | 'awaiting-seller' | 'too-late';

/**
 * One more period behind the present expiry, also in grace and while frozen
 * (`usermanual-marketplace/en-us_buyer_topic_0234836225`). A frozen code is unfrozen when the seller's server has taken the new expiry.
 */
export function renew(license: License, orderId: string, product: Product, now: number): Decision<RenewalRefusal> {
  if (license.phase === 'RELEASED') return refused('released');
  if (license.awaiting !== null) return refused('awaiting-seller');
  const { productId, period } = product;
  const renewed: License = { ...license, terms: [...license.terms, { orderId, productId, period }] };
  const expiry = expiresAt(renewed);
  if (expiry > latestInstant) return refused('too-late');
  const scene = period === lastTerm(license).period ? 'RENEWAL' : 'RENEWAL_CHANGE';
  return decided({
    license: renewed,
    order: orderFor(renewed, {
      orderId,
      type: 'RENEW',
      orderedAt: now,
      expiresAt: expiry,
      status: 'PROCESSING',
    }),
    callbacks: [refresh(renewed, scene, orderId)],
  });
}
