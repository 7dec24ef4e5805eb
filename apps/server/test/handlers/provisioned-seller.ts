import { expect } from 'vitest';
import type { ProvisioningHandlers } from '../../src/handlers/handlers.ts';
import { begunProblem } from '../../src/outbox/outbox.ts';
import { purchase } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { type Seller, startSeller } from '../seller.ts';

/** A seller whose outbox is looked through every few milliseconds; the clock is the test's. */
export const sellerWith = (handlers: ProvisioningHandlers, environment = {}): Promise<Seller> =>
  startSeller({
    environment,
    // The receiver of events compares their timestamps with the real time.
    clock: { now: Date.now() },
    timing: { outboxPauseMs: 5, handlerMs: 200 },
    random: () => 0,
    handlers: { provisioning: handlers },
  });

/** Buys an instance and tells its id. */
export const buy = async ({ store }: Seller): Promise<string> =>
  String((await store.send(purchase())).body['instanceId']);

/** The events that wait. */
export const waiting = async ({ database }: Seller) => (await readLedger(database)).outbox;

/** Waits until none waits. */
export const done = (seller: Seller) => expect.poll(() => waiting(seller)).toEqual([]);

/** Waits for the attempt with this number to fail, and tells why. */
export async function failed(seller: Seller, attempt: number): Promise<string | null | undefined> {
  const isUnderWay = ({ problem }: { problem: string | null }) => problem === null || problem === begunProblem;
  const attempts = async () => (await waiting(seller)).map((row) => isUnderWay(row) || row.attempts)[0];
  await expect.poll(attempts, { interval: 5 }).toBe(attempt);
  return (await waiting(seller))[0]?.problem;
}

/** The same, and lets the pause pass that follows. */
export async function pauseAfter(seller: Seller, attempt: number): Promise<void> {
  await failed(seller, attempt);
  seller.clock.now = (await waiting(seller))[0]?.next_attempt_at ?? seller.clock.now;
}

/** What the handlers of these tests make. */
export const appInfo = { frontEndUrl: 'https://acme.example.com' };
