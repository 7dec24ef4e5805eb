import type { Delivery } from '../callbacks/delivery.ts';
import type { AttemptCause, Message } from '../callbacks/message.ts';
import { query } from '../callbacks/subscription-calls.ts';
import type { Records } from '../database/records.ts';
import type { Draw } from '../draw.ts';
import { renewAutomatically } from '../orders/automatic-renewal.ts';
import { beginProbes } from '../probes/begin.ts';
import { planProbes } from '../probes/plan.ts';
import type { Change } from '../subscriptions/change.ts';
import { freezeWhenDue, releaseWhenDue } from '../subscriptions/life-cycle.ts';
import type { FreezeMoments } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { writeChange } from '../subscriptions/write.ts';
import { close } from '../supervision/decisions.ts';
import { validateWhenDue } from '../usage/validate.ts';
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
  PROBE: (_, __, { records }) => {
    planProbes(records);
    return first(beginProbes(records).map(({ message }) => message));
  },
  SEND: ({ subject }, _, { records: { messages } }) => {
    const message = messages.find(Number(subject));
    return { messages: message?.status === 'HELD' ? [message] : [], cause: 'held' };
  },
  REPEAT: ({ subject }, _, { records }) => ({ messages: stillTrue(records, Number(subject)), cause: 'repeat' }),
  LOOK: step((subscription) =>
    subscription.instanceId === null || subscription.phase === 'RELEASED'
      ? undefined
      : { subscription, callbacks: [query(subscription, 'once')] },
  ),
  VALIDATE_USAGE: (_, now, { records }) => {
    validateWhenDue(records, now);
    return first([]);
  },
  CLOSE_SUPERVISION: ({ subject }, now, { records, moments }) => {
    const supervision = records.supervisions.find(subject);
    const subscription = supervision === undefined ? undefined : records.subscriptions.find(supervision.subscription);
    if (supervision === undefined || subscription === undefined) return first([]);
    const change = close({ subscription, supervision }, now);
    return first(change === undefined ? [] : writeChange(records, change, moments));
  },
  GIVE_UP: ({ subject }, _, { delivery }) => first(delivery.giveUp(Number(subject))),
};

/** A message to be made once more: a status only as long as it is the last word on its subject. */
function stillTrue({ messages, subscriptions }: Records, id: number): readonly Message[] {
  const message = messages.find(id);
  if (message === undefined) return [];
  const { activity, subject, orderId } = message;
  const isRelease = activity === 'releaseInstance' || activity === 'releaseLicenseCode';
  const isReleased = subscriptions.find(subject)?.phase === 'RELEASED';
  if (isReleased && orderId === null && !isRelease) return []; // nothing is there to ask or to order it of (R18)
  const isStatus = activity === 'updateInstanceStatus' || activity === 'updateLicenseCodeStatus';
  return isStatus && messages.latest(subject, activity)?.id !== id ? [] : [message];
}

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
