import type { Action } from './action.ts';

/** What a module of a command exports. */
export interface Command {
  /** The first is the one meant where no action is named; a command with one action gives it the empty name. */
  readonly actions: readonly [Action, ...Action[]];
  /** Behind `mock-marketplace `, as people would type it. */
  readonly examples: readonly string[];
  /** What the lines of usage cannot say. */
  readonly notes?: string;
}
