import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { Work } from './work.ts';

/** A database that is open and has the newest schema. */
export interface LedgerDatabase {
  readonly ledger: Ledger;
  /** For look-ups outside of any transaction. */
  readonly queries: Kysely<Tables>;
  close(): Promise<void>;
}

/** Runs pieces of work in transactions that are durable when their promise resolves. */
export interface Ledger {
  /**
   * Runs `work` inside a transaction and resolves with what it returned once that is on disk. Nothing that touches one
   * of the same subjects runs at the same time, in any process. When it throws, only it is undone and its promise
   * rejects. Rejects with LedgerOverloaded when too much is waiting.
   */
  run<T>(touches: readonly string[], work: () => Work<T>): Promise<T>;
  /** Runs work that only looks, at once and outside any transaction. */
  read<T>(work: () => Work<T>): Promise<T>;
  /**
   * Refuses what comes from now on and waits for what was submitted, at most `ms` milliseconds. What has not begun even
   * then is rejected and never done; of what is under way nobody will hear.
   */
  drain(ms: number): Promise<void>;
}

/** More work is waiting for the disk than the ledger is willing to hold; nothing of this one was done. */
export class LedgerOverloaded extends Error {
  override readonly name = 'LedgerOverloaded';
}

/** The most pieces of work that wait at one time. */
export const waitingLimit = 10_000;

export interface Job {
  readonly touches: readonly string[];
  readonly work: () => Work<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Throws where work is about to change a subject that it did not name, since somebody else might be at it too. */
export function mustTouch(touches: readonly string[], subject: string): void {
  if (!touches.includes(subject)) throw new Error('work changes a subject it was not submitted for');
}
