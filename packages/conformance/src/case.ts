import type { ClauseId } from './clauses.ts';
import type { Flow } from './flow/flow.ts';
import type { ProfileId } from './profiles.ts';
import type { Text } from './text.ts';

/** What a page states is MUST and fails the run; what a ruling chose is SHOULD and warns; MAY only advises. */
export const levels = ['MUST', 'SHOULD', 'MAY'] as const;
export type Level = (typeof levels)[number];

/** A case as its file writes it, for whichever profile it is listed under. */
export interface Draft {
  /** Stable, and unique within its family. */
  readonly slug: string;
  readonly level: Level;
  /** The ruling or page that it enforces. */
  readonly clause: ClauseId;
  /** One sentence: what a seller's server does. */
  readonly requirement: Text;
  /** One sentence: what a seller loses otherwise. */
  readonly why: Text;
  /** The mistake that usually lies behind a failure. */
  readonly mistake?: Text;
  /** Runs while no other case does: it measures time, or floods the server. */
  readonly alone?: true;
  /** Returns when the clause holds, throws a `Deviation` when it does not; any other error is a defect of the case. */
  readonly run: (flow: Flow) => Promise<unknown>;
}

/** A case of one profile. */
export interface Case extends Draft {
  /** `{profile}.{family}.{slug}`, for ever: one that is removed leaves a tombstone. */
  readonly id: string;
  readonly profile: ProfileId;
  readonly family: string;
}
