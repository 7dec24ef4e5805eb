import { answerViolations } from './check-answers.ts';
import { eventViolations } from './check-events.ts';
import { ledgerViolations } from './check-ledger.ts';
import { stateViolations } from './check-states.ts';
import type { History } from './history.ts';

/** A promise of the server's that a history shows to be broken. */
export interface Violation {
  readonly rule: Rule;
  /** What is wrong, with the names to look it up by. */
  readonly what: string;
}

export type Rule =
  /** An answer that the rulings do not give, or none although the server ran. */
  | 'unexpected-answer'
  | 'unfinished'
  /** Answered, and not in the ledger, or there otherwise. */
  | 'lost'
  /** In the ledger, and never sent so, or twice. */
  | 'uncalled-for'
  /** A token was good for two calls. */
  | 'replay-taken'
  | 'wrong-state'
  | 'line-lost'
  | 'event-missing'
  | 'event-twice'
  | 'event-changed'
  | 'event-out-of-order'
  | 'event-dead';

/** What a history breaks of what the server promises; nothing if it kept all of it. Pure. */
export function check(history: History): readonly Violation[] {
  return [
    ...answerViolations(history),
    ...ledgerViolations(history),
    ...stateViolations(history),
    ...eventViolations(history),
  ];
}
