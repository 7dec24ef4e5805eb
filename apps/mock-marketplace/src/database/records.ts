import type { DatabaseSync } from 'node:sqlite';
import { type Attempts, storedAttempts } from '../callbacks/attempts.ts';
import { type Messages, storedMessages } from '../callbacks/messages.ts';
import { type Catalogue, storedCatalogue } from '../catalogue/queries.ts';
import { type Clock, type DueEvents, dueEvents, storedClock } from '../clock/queries.ts';
import { type Orders, storedOrders } from '../orders/queries.ts';
import { type Subscriptions, storedSubscriptions } from '../subscriptions/queries.ts';
import { openDatabase, transaction } from './open.ts';
import { storedSeed } from './seed.ts';

/**
 * All that the marketplace remembers. Every call is synchronous, and nothing that was read is held across an `await`:
 * so one transaction never sees half of another.
 */
export interface Records {
  /** What everything that looks random is drawn from: the same seed and the same calls give the same history. */
  readonly seed: string;
  readonly clock: Clock;
  readonly due: DueEvents;
  readonly catalogue: Catalogue;
  readonly orders: Orders;
  readonly subscriptions: Subscriptions;
  readonly messages: Messages;
  readonly attempts: Attempts;
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens the records; `start` is where the clock of a new file stands, `seed` what a new file draws from. */
export function openRecords(path: string, start: number, seed: string): Records {
  const database: DatabaseSync = openDatabase(path);
  return {
    seed: storedSeed(database, seed),
    clock: storedClock(database, start),
    due: dueEvents(database),
    catalogue: storedCatalogue(database),
    orders: storedOrders(database),
    subscriptions: storedSubscriptions(database),
    messages: storedMessages(database),
    attempts: storedAttempts(database),
    transaction: (work) => transaction(database, work),
    close: () => database.close(),
  };
}
