import type { Delivery } from '../callbacks/delivery.ts';
import type { AttemptCause, Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import type { Draw } from '../draw.ts';
import { renewAutomatically } from '../orders/automatic-renewal.ts';
import type { Change } from '../subscriptions/change.ts';
import { freezeWhenDue, releaseWhenDue } from '../subscriptions/life-cycle.ts';
import type { FreezeMoments } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { writeChange } from '../subscriptions/write.ts';
import type { DueEvent, EventKind } from './queries.ts';

/** What an event may use when it happens. */
export interface HappeningParts {
  readonly records: Records;
  readonly delivery: Delivery;
  readonly draw: Draw;
  readonly moments: FreezeMoments;
}

/** What is to be sent because of an event, and why. */
interface Caused {
  readonly messages: readonly Message[];
  readonly cause: AttemptCause;
}

/** Decides and writes, within a transaction, what happens at `now`. */
type Happening = (event: DueEvent, now: number, parts: HappeningParts) => Caused;

const first = (messages: readonly Message[]): Caused => ({ messages, cause: 'first' });

const step =
  (decide: (subscription: Subscription, now: number, parts: HappeningParts) => Change | undefined): Happening =>
  ({ subject }, now, parts) => {
    const { records, moments } = parts;
    const subscription = records.subscriptions.find(subject);
    const change = subscription === undefined ? undefined : decide(subscription, now, parts);
    return first(change === undefined ? [] : writeChange(records, change, moments));
  };

const happenings: Readonly<Record<EventKind, Happening>> = {
  FREEZE: step((subscription, now, { moments }) => freezeWhenDue(subscription, now, moments)),
  RELEASE: step(releaseWhenDue),
  RENEW: step((subscription, now, { records, draw }) => renewAutomatically(subscription, now, records.catalogue, draw)),
  RETRY: ({ subject }, _, { records: { messages } }) => {
    const id = Number(subject);
    messages.takeRetry(id);
    const message = messages.find(id);
    return { messages: message === undefined ? [] : [message], cause: 'retry' };
  },
  GIVE_UP: ({ subject }, _, { delivery }) => first(delivery.giveUp(Number(subject))),
};

/**
 * Lets one event happen: the clock is set to its instant and what it decides is written in one transaction, then what it
 * causes is sent.
 */
export async function fire(event: DueEvent, parts: HappeningParts): Promise<void> {
  const { records, delivery } = parts;
  const { messages, cause } = records.transaction(() => {
    const now = Math.max(event.at, records.clock.now());
    records.clock.set(now);
    records.due.done(event);
    return happenings[event.kind](event, now, parts);
  });
  await delivery.send(messages, cause);
}
