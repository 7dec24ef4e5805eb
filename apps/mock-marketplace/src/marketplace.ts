import { type Delivery, delivery } from './callbacks/delivery.ts';
import type { Output } from './callbacks/output.ts';
import type { Sender } from './callbacks/send.ts';
import type { Signer } from './callbacks/sign-call.ts';
import { type Mover, mover } from './clock/move.ts';
import type { Records } from './database/records.ts';
import type { Draw } from './draw.ts';
import type { FreezeMoments } from './subscriptions/moments.ts';
import { oneAtATime, type Turns } from './turns.ts';

/** What the marketplace is made of and does not make itself: a test passes its own. */
export interface MarketplaceParts {
  readonly records: Records;
  readonly sign: Signer;
  readonly send: Sender;
  readonly output: Output;
  readonly moments: FreezeMoments;
  readonly draw: Draw;
  /** Real time, milliseconds since the epoch; only tokens, AK/SK windows and durations use it (R23). */
  readonly realNow: () => number;
  /** Aborted when the marketplace stops. */
  readonly stopping: AbortSignal;
}

export interface Marketplace {
  readonly parts: MarketplaceParts;
  readonly delivery: Delivery;
  readonly mover: Mover;
  /** Whatever changes state and sends takes a turn, so that two such things never mingle. */
  readonly turns: Turns;
}

export function marketplace(parts: MarketplaceParts): Marketplace {
  const sending = delivery(parts);
  return {
    parts,
    delivery: sending,
    mover: mover({ ...parts, delivery: sending }, parts.stopping),
    turns: oneAtATime(),
  };
}
