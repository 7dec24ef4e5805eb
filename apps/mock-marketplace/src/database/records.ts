import type { DatabaseSync } from 'node:sqlite';
import { type Attempts, storedAttempts } from '../callbacks/attempts.ts';
import { type Messages, storedMessages } from '../callbacks/messages.ts';
import { type Clock, type DueEvents, dueEvents, storedClock } from '../clock/queries.ts';
import { type Licenses, storedLicenses } from '../licenses/queries.ts';
import { type Orders, storedOrders } from '../orders/queries.ts';
import { openDatabase, transaction } from './open.ts';

/**
 * All that the marketplace remembers. Every call is synchronous, and nothing that was read is held across an `await`:
 * so one transaction never sees half of another.
 */
export interface Records {
  readonly clock: Clock;
  readonly due: DueEvents;
  readonly orders: Orders;
  readonly licenses: Licenses;
  readonly messages: Messages;
  readonly attempts: Attempts;
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens the records; `start` is where the clock of a new file stands. */
export function openRecords(path: string, start: number): Records {
  const database: DatabaseSync = openDatabase(path);
  return {
    clock: storedClock(database, start),
    due: dueEvents(database),
    orders: storedOrders(database),
    licenses: storedLicenses(database),
    messages: storedMessages(database),
    attempts: storedAttempts(database),
    transaction: (work) => transaction(database, work),
    close: () => database.close(),
  };
}
