import { type Result, result, resultCode } from '@koobridge/contracts';
import type { OrderLineRow } from './tables.ts';
import { statement, type Work } from './work.ts';

/** What an order line is known by (R15). Activities without scenes have an empty one. */
export interface LineKey {
  readonly activity: string;
  readonly scene: string;
  readonly orderId: string;
  readonly orderLineId: string;
}

/** The line as the store knows it. Orders of V1 have none: what stands there in a key tells V1 calls apart (R25). */
export const orderLineOf = ({ activity, orderId, orderLineId }: LineKey) => ({
  orderId,
  orderLineId: activity.startsWith(v1Prefix) ? '' : orderLineId,
});

/** What the activities of V1 are called in keys, because their names are those of 2.0. */
export const v1Prefix = 'v1.';

/** An order line that was applied, for good (R15). */
export interface AppliedLine {
  /** The license or instance it was applied to. */
  readonly subject: string;
  /** The expiry that it brought, milliseconds since the epoch; null where it brought none. */
  readonly expiresAt: number | null;
}

/** The order lines that took effect; used inside a transaction. */
export interface OrderLines {
  /** Undefined too where there is no key to find one by. */
  find(key: LineKey | undefined): Work<AppliedLine | undefined>;
  /** `now` in milliseconds since the epoch. */
  add(key: LineKey, line: AppliedLine, productId: string | null, now: number): Work<void>;
}

const select = statement<Pick<OrderLineRow, 'subject' | 'expires_at'>>(
  'SELECT subject, expires_at FROM order_lines WHERE order_id = ? AND order_line_id = ? AND activity = ? AND scene = ?',
);
const insert = statement(
  `INSERT INTO order_lines (order_id, order_line_id, activity, scene, subject, expires_at, product_id, applied_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
);

export const orderLines: OrderLines = {
  *find(key) {
    if (key === undefined) return undefined;
    const { orderId, orderLineId, activity, scene } = key;
    const row = yield* select.first(orderId, orderLineId, activity, scene);
    return row === undefined ? undefined : { subject: row.subject, expiresAt: row.expires_at };
  },
  *add({ orderId, orderLineId, activity, scene }, { subject, expiresAt }, productId, now) {
    yield* insert.write(orderId, orderLineId, activity, scene, subject, expiresAt, productId, now);
  },
};

/** The answer to an order line that means something else than when it was applied; names the member first (R15). */
export const conflictResult = (member: string): Result =>
  result(resultCode.invalidParameter, `${member}: this order line was applied before with another ${member}`);
