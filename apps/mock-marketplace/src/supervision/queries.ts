import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { isOver } from './moves.ts';
import { Supervision } from './supervision.ts';

export interface Supervisions {
  find(orderId: string): Supervision | undefined;
  /** Of a subscription, whose purchase it supervises. */
  of(subscription: string): Supervision | undefined;
  /** The same, unless it is over. */
  running(subscription: string): Supervision | undefined;
  /** In the order of the purchases, behind that of the order `after`. */
  list(after: string | undefined, limit: number): Supervision[];
  save(supervision: Supervision): void;
}

export function storedSupervisions(database: DatabaseSync): Supervisions {
  const Row = z.object({ data: jsonColumn(Supervision) });
  const byOrder = query(database, Row, 'SELECT data FROM supervisions WHERE orderId = $orderId');
  const bySubscription = query(database, Row, 'SELECT data FROM supervisions WHERE subscription = $subscription');
  const behind = query(
    database,
    Row,
    `SELECT data FROM supervisions
     WHERE rowid > coalesce((SELECT rowid FROM supervisions WHERE orderId = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const upsert = database.prepare(
    `INSERT INTO supervisions VALUES ($orderId, $subscription, $data)
     ON CONFLICT (orderId) DO UPDATE SET data = $data`,
  );
  const supervisions: Supervisions = {
    find: (orderId) => byOrder.one({ orderId })?.data,
    of: (subscription) => bySubscription.one({ subscription })?.data,
    running: (subscription) => {
      const found = supervisions.of(subscription);
      return found === undefined || isOver(found) ? undefined : found;
    },
    list: (after, limit) => behind.all({ after: after ?? null, limit }).map(({ data }) => data),
    save: (supervision) => {
      const { orderId, subscription } = supervision;
      upsert.run({ orderId, subscription, data: JSON.stringify(supervision) });
    },
  };
  return supervisions;
}
