import type { Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import type { Order } from '../orders/order.ts';
import { failedOrdersThisMonth, probeFailureDays, thresholds, withFailedOrder, withFailedProbe } from './standing.ts';

/** What the store does about a listing whose interface fails, within the caller's transaction. */

/** An order has failed and was unsubscribed: from the third in a month it warns, with the sixth the listing is withdrawn. */
export function noteFailedOrder(records: Records, order: Order, message: Message, refundId: string): void {
  const { catalogue, clock, notices, standings } = records;
  const now = clock.now();
  const listing = catalogue.productWithId(order.productId)?.listing ?? null;
  const { orderId, subscription } = order;
  notices.add(
    {
      kind: 'ORDER_UNSUBSCRIBED',
      listing,
      subscription,
      orderId,
      message: message.id,
      text: `The order ${orderId} failed, because ${message.activity} never succeeded, and was unsubscribed in full by ${refundId}. Talk to the buyer.`,
    },
    now,
  );
  if (listing === null) return;
  const standing = withFailedOrder(standings.of(listing), now);
  standings.save(standing);
  const failed = failedOrdersThisMonth(standing, now);
  if (catalogue.sale(listing) === 'WITHDRAWN' || failed < thresholds.warningAt) return;
  const delisted = failed >= thresholds.delistedAt;
  if (delisted) catalogue.setSale(listing, 'WITHDRAWN');
  notices.add(
    {
      kind: delisted ? 'DELISTED' : 'DELISTING_WARNING',
      listing,
      orderId,
      text: delisted
        ? `${failed} orders of ${listing} failed this month because of its interface: it is withdrawn from sale.`
        : `${failed} orders of ${listing} failed this month because of its interface: with the ${thresholds.delistedAt}th it is withdrawn from sale.`,
    },
    now,
  );
}

/** A probe has failed: after the fifth day in a row the sale of the listing is suspended. */
export function noteFailedProbe(records: Records, message: Message, reason: string): void {
  const { catalogue, clock, debuggingCases, notices, standings } = records;
  const now = clock.now();
  const listing = debuggingCases.find(message.subject)?.listing;
  if (listing === undefined) return;
  notices.add(
    {
      kind: 'PROBE_FAILED',
      listing,
      message: message.id,
      text: `The probe of ${message.activity} (${message.subject}) failed. ${reason}`,
    },
    now,
  );
  const standing = withFailedProbe(standings.of(listing), now);
  standings.save(standing);
  const days = probeFailureDays(standing, now);
  if (days < thresholds.suspendedAfterDays || catalogue.sale(listing) !== 'ON_SALE') return;
  catalogue.setSale(listing, 'SUSPENDED');
  notices.add(
    {
      kind: 'SALE_SUSPENDED',
      listing,
      text: `Probes of ${listing} failed on ${days} days in a row: its sale is suspended, and it may be delisted. Repair the interface, then have it put on sale again.`,
    },
    now,
  );
}
