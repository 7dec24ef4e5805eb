import type { Callback } from '../callbacks/callback.ts';
import type { Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import { mayOvertake, overtake } from './overtake.ts';

/** Adds the messages of calls, within the caller's transaction, and ends the repetitions that they overtake. */
export function addKitCalls({ messages, due, clock }: Records, callbacks: readonly Callback[]): Message[] {
  return callbacks.flatMap((callback) => {
    const { activity, command, subject } = callback;
    const { ended, calls } = overtake(messages.waiting(subject, mayOvertake(callback)), callback);
    for (const { id } of ended) {
      due.cancel(String(id), ['RETRY', 'GIVE_UP']);
      messages.stop(id, `superseded by ${command === null ? activity : `${activity} ${command}`}`);
    }
    return calls.map((call) => messages.add(call, clock.now()));
  });
}
