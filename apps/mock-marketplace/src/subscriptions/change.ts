import type { Callback } from '../callbacks/callback.ts';
import type { Order, OrderStatus } from '../orders/order.ts';
import type { Supervision } from '../supervision/supervision.ts';
import type { Subscription } from './subscription.ts';

/** Everything one decision does: written in one transaction, its callbacks sent afterwards in this order. */
export interface Change {
  readonly subscription: Subscription;
  readonly order?: Order;
  readonly orderStatus?: { readonly orderId: string; readonly status: OrderStatus };
  /** Where the supervision of its purchase stands now. */
  readonly supervision?: Supervision;
  /** The order whose calls are not repeated any more, because this takes it back. */
  readonly takesBack?: string;
  readonly callbacks: readonly Callback[];
}

export type Decision<Refusal> =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly refusal: Refusal };

export const decided = (change: Change): { readonly ok: true; readonly change: Change } => ({ ok: true, change });

export const refused = <const Refusal>(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});
