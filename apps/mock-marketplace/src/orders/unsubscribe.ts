import { release } from '../callbacks/callback.ts';
import { type Decision, decided, refused } from '../licenses/change.ts';
import type { License } from '../licenses/license.ts';
import { statusAt } from '../licenses/moments.ts';
import { type Order, orderFor } from './order.ts';

export type Approval = 'automatic' | 'manual';
export type UnsubscriptionRefusal = 'released' | 'claimed' | 'awaiting-seller' | 'past-validity';

/**
 * The buyer wants the money back: possible until the code is claimed, and not past its validity (退订,
 * `huaweicloud.com/guide/category-925e908629ee7aea61046f7d1791ea2726bec0b305576c11f013712d9f75dc73`).
 * The seller agrees at once (`automatic`), or the order waits for a word (`manual`).
 */
export function unsubscribe(
  license: License,
  orderId: string,
  approval: Approval,
  now: number,
): Decision<UnsubscriptionRefusal> {
  if (license.phase === 'RELEASED') return refused('released');
  if (license.claimedAt !== null) return refused('claimed');
  if (license.awaiting !== null) return refused('awaiting-seller');
  if (statusAt(license, now) !== 'ACTIVE') return refused('past-validity');
  const order = orderFor(license, {
    orderId,
    type: 'UNSUBSCRIBE',
    orderedAt: now,
    expiresAt: null,
    status: approval === 'automatic' ? 'PROCESSING' : 'AWAITING_SELLER',
  });
  if (approval === 'manual') {
    return decided({ license: { ...license, awaiting: orderId }, order, callbacks: [] });
  }
  const released: License = { ...license, phase: 'RELEASED' };
  return decided({ license: released, order, callbacks: [release(released, orderId)] });
}

/** The seller's word on an unsubscription that waits for it. An agreed one releases the code. */
export function answerUnsubscription(
  license: License,
  order: Order,
  word: 'approve' | 'reject',
): Decision<'nothing-to-answer'> {
  const { orderId } = order;
  if (order.status !== 'AWAITING_SELLER' || license.awaiting !== orderId) return refused('nothing-to-answer');
  if (word === 'reject') {
    return decided({
      license: { ...license, awaiting: null },
      orderStatus: { orderId, status: 'REJECTED' },
      callbacks: [],
    });
  }
  const released: License = { ...license, awaiting: null, phase: 'RELEASED' };
  return decided({
    license: released,
    orderStatus: { orderId, status: 'PROCESSING' },
    callbacks: [release(released, orderId)],
  });
}
