import { createHash } from 'node:crypto';
import type { Life } from '../life/life.ts';

/** An instance that a buyer's order line brought into being. */
export interface Instance extends Life {
  readonly instanceId: string;
  /** `PENDING` until the seller's provisioning handler has made it. */
  readonly provisioning: 'PENDING' | 'READY';
  /** Whether its creation is answered `000004` as long as it is pending. */
  readonly processing: boolean;
}

/**
 * The id of the instance of an order line: 32 hex digits that follow from the line, so that every repeat, every replica
 * and the debugging page get the same one (R12, R15). The page recommends the first call's `businessId`, which a repeat
 * does not bring again and which may hold the comma that separates the ids of a query.
 */
export const instanceIdOf = (orderId: string, orderLineId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([orderId, orderLineId]))
    .digest('hex')
    .slice(0, 32);
