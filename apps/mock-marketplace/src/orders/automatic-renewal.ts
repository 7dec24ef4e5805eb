import type { Catalogue } from '../catalogue/queries.ts';
import type { Draw } from '../draw.ts';
import type { Change } from '../subscriptions/change.ts';
import { lastTerm } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { nextOrderId } from './ids.ts';
import { renew } from './renew.ts';

/** One more period of the same product; what can no longer be renewed runs out. The debit always works here. */
export function renewAutomatically(
  subscription: Subscription,
  now: number,
  catalogue: Catalogue,
  draw: Draw,
): Change | undefined {
  const product = catalogue.productWithId(lastTerm(subscription).productId);
  if (product === undefined || !subscription.autoRenew) return undefined;
  const { quantity } = subscription;
  const decision = renew(subscription, nextOrderId(subscription, now, draw), { product, periods: 1, quantity }, now);
  return decision.ok ? decision.change : undefined;
}
