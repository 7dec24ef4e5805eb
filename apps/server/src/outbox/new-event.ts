import type { EventData, EventType } from '@koobridge/contracts';
import type { Work } from '../ledger/work.ts';

/** A change that the seller's own systems should hear of. */
export type NewEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    readonly type: T;
    /** Events of one subject leave in order. */
    readonly subject: string;
    readonly data: EventData<T>;
  };
}[Type];

/** Inside a transaction: puts an event in line. `now` in milliseconds since the epoch. */
export type Announce = (event: NewEvent, now: number) => Work<void>;
