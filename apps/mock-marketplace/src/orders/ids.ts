import { formatStoreTime } from '@koobridge/contracts';
import type { Draw } from '../draw.ts';
import type { Subscription } from '../subscriptions/subscription.ts';

/** Like the documented `CS2211181819B4LVS`: the minute of the order (here in UTC), then characters without meaning. */
const orderId = (now: number, draw: Draw, key: string): string =>
  `CS${formatStoreTime(now).slice(2, 12)}${draw.text(10, `order ${key}`)}`;

/** The id of the next order for a subscription. */
export const nextOrderId = ({ id, orderCount }: Subscription, now: number, draw: Draw): string =>
  orderId(now, draw, `${id} ${orderCount}`);

/** The ids of a purchase, the `number`th that was made here. */
export const purchaseIds = (number: number, now: number, draw: Draw) => ({
  orderId: orderId(now, draw, `purchase ${number}`),
  /** Like the documented `PLXXXXXX`; no page gives a grammar. */
  license: `PL${draw.text(16, `license ${number}`)}`,
  /** The store's own id of a resource; no page shows one. */
  resource: `RA${draw.text(16, `resource ${number}`)}`,
});
