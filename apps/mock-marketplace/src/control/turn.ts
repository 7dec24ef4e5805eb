import type { Message } from '../callbacks/message.ts';
import type { Marketplace } from '../marketplace.ts';
import type { Change, Decision } from '../subscriptions/change.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { writeChange } from '../subscriptions/write.ts';
import type { Refusal } from './refusal.ts';

/** What a control call did, or why it did nothing. */
export type Done<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export const no = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal });
export const yes = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

/** What was written, with the messages to send before the call is answered. */
export interface Written<Value> {
  readonly messages: readonly Message[];
  readonly value: Value;
}

/** Finds a subscription; `unknown` is the refusal where there is none. */
export interface Who {
  readonly find: () => Subscription | undefined;
  readonly unknown: Refusal;
}

/** How actions change state: each takes a turn, decides and writes in one transaction, then sends what was decided, then answers. */
export interface Acting {
  inTurn<Value>(decide: () => Done<Written<Value>>): Promise<Done<Value>>;
  /** Writes a decision; `value` is answered. */
  write<Value>(decision: Decision<Refusal>, value: Value): Done<Written<Value>>;
  on<Value>(who: Who, decide: (subscription: Subscription, now: number) => Done<Written<Value>>): Promise<Done<Value>>;
}

export function acting({ parts, delivery, turns }: Marketplace): Acting {
  const { records, moments } = parts;
  const inTurn: Acting['inTurn'] = (decide) =>
    turns.take(async () => {
      const done = records.transaction(decide);
      if (!done.ok) return done;
      await delivery.send(done.value.messages, 'first');
      return yes(done.value.value);
    });
  return {
    inTurn,
    write: (decision, value) =>
      decision.ok ? yes({ messages: writeChange(records, decision.change, moments), value }) : no(decision.refusal),
    on: ({ find, unknown }, decide) =>
      inTurn(() => {
        const subscription = find();
        return subscription === undefined ? no(unknown) : decide(subscription, records.clock.now());
      }),
  };
}

/** A change that no rule can refuse. */
export const always = (change: Change): Decision<never> => ({ ok: true, change });
