import type { DatabaseSync } from 'node:sqlite';
import { type Attempts, storedAttempts } from '../callbacks/attempts.ts';
import { type Messages, storedMessages } from '../callbacks/messages.ts';
import { type Catalogue, storedCatalogue } from '../catalogue/queries.ts';
import { type Clock, type DueEvents, dueEvents, storedClock } from '../clock/queries.ts';
import { type DebuggingCases, storedDebuggingCases } from '../debugging/queries.ts';
import type { Profile } from '../hostility/profile.ts';
import { type HostilityRecords, storedHostility } from '../hostility/queries.ts';
import { type Grants, storedGrants } from '../kit/grants.ts';
import { type Kit, storedKit } from '../kit/queries.ts';
import { type Notices, storedNotices } from '../notices/queries.ts';
import { type Standings, storedStandings } from '../notices/standing-queries.ts';
import { type Applications, storedApplications } from '../online-license/queries.ts';
import { type Orders, storedOrders } from '../orders/queries.ts';
import { type Subscriptions, storedSubscriptions } from '../subscriptions/queries.ts';
import { type Supervisions, storedSupervisions } from '../supervision/queries.ts';
import { storedTestCodes, type TestCodes } from '../test-codes/queries.ts';
import { storedUsageRecords, type UsageRecords } from '../usage/queries.ts';
import { emptyTables } from './empty.ts';
import { openDatabase, transaction } from './open.ts';
import { storedSeed } from './seed.ts';

/**
 * All that the marketplace remembers. Every call is synchronous, and nothing that was read is held across an `await`:
 * so one transaction never sees half of another.
 */
export interface Records {
  /** What everything that looks random is drawn from: the same seed and the same calls give the same history. */
  seed(): string;
  readonly clock: Clock;
  readonly due: DueEvents;
  readonly catalogue: Catalogue;
  readonly orders: Orders;
  readonly subscriptions: Subscriptions;
  readonly messages: Messages;
  readonly attempts: Attempts;
  readonly kit: Kit;
  readonly grants: Grants;
  readonly hostility: HostilityRecords;
  readonly debuggingCases: DebuggingCases;
  readonly notices: Notices;
  readonly standings: Standings;
  readonly supervisions: Supervisions;
  readonly usageRecords: UsageRecords;
  readonly applications: Applications;
  readonly testCodes: TestCodes;
  transaction<Result>(work: () => Result): Result;
  /** Everything as in new records whose clock stands at `start`. */
  reset(start: number, seed: string): void;
  close(): void;
}

/** Opens the records; `start`, `seed` and `profile` are those of a new file. */
export function openRecords(path: string, start: number, seed: string, profile: Profile): Records {
  const database: DatabaseSync = openDatabase(path);
  const drawnFrom = storedSeed(database, seed);
  const clock = storedClock(database, start);
  const catalogue = storedCatalogue(database);
  const hostility = storedHostility(database, profile);
  return {
    seed: drawnFrom.current,
    clock,
    due: dueEvents(database),
    catalogue,
    orders: storedOrders(database),
    subscriptions: storedSubscriptions(database),
    messages: storedMessages(database),
    attempts: storedAttempts(database),
    kit: storedKit(database),
    grants: storedGrants(database),
    hostility,
    debuggingCases: storedDebuggingCases(database),
    notices: storedNotices(database),
    standings: storedStandings(database),
    supervisions: storedSupervisions(database),
    usageRecords: storedUsageRecords(database),
    applications: storedApplications(database),
    testCodes: storedTestCodes(database),
    transaction: (work) => transaction(database, work),
    reset: (start, seed) =>
      transaction(database, () => {
        emptyTables(database);
        drawnFrom.begin(seed);
        clock.begin(start);
        catalogue.reset();
        hostility.setProfile(hostility.profile());
      }),
    close: () => database.close(),
  };
}
