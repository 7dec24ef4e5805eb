import { refresh } from '../callbacks/callback.ts';
import { type Decision, decided, refused } from '../licenses/change.ts';
import type { License } from '../licenses/license.ts';
import { expiresAt, lastTermBegins } from '../licenses/moments.ts';
import { orderFor } from './order.ts';

export type CancellationRefusal = 'released' | 'awaiting-seller' | 'no-renewal-ahead';

/** Takes back the latest renewal, as long as its period has not begun (退订续费周期); the code gets its earlier expiry. */
export function cancelRenewal(license: License, orderId: string, now: number): Decision<CancellationRefusal> {
  if (license.phase === 'RELEASED') return refused('released');
  if (license.awaiting !== null) return refused('awaiting-seller');
  const [purchase, ...renewals] = license.terms;
  if (renewals.length === 0 || lastTermBegins(license) <= now) return refused('no-renewal-ahead');
  const shortened: License = { ...license, terms: [purchase, ...renewals.slice(0, -1)] };
  return decided({
    license: shortened,
    order: orderFor(license, {
      orderId,
      type: 'UNSUBSCRIBE',
      orderedAt: now,
      expiresAt: expiresAt(shortened),
      status: 'PROCESSING',
    }),
    callbacks: [refresh(shortened, 'UNSUBSCRIBE_RENEWAL_PERIOD', orderId)],
  });
}
