import type { Delivery } from '../callbacks/delivery.ts';
import type { Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import type { Change } from '../licenses/change.ts';
import { freezeWhenDue, releaseWhenDue } from '../licenses/life-cycle.ts';
import type { FreezeMoment } from '../licenses/moments.ts';
import { writeChange } from '../licenses/write.ts';
import type { DueEvent } from './queries.ts';

/**
 * Lets one event happen: the clock is set to its instant and what it decides is written in one transaction, then what it
 * causes is sent.
 */
export async function fire(event: DueEvent, records: Records, delivery: Delivery, moment: FreezeMoment): Promise<void> {
  const messages = records.transaction(() => {
    const now = Math.max(event.at, records.clock.now());
    records.clock.set(now);
    records.due.done(event);
    return event.kind === 'RETRY' ? repeat(records, Number(event.subject)) : step(event, records, now, moment);
  });
  await delivery.send(messages, event.kind === 'RETRY' ? 'retry' : 'first');
}

function repeat(records: Records, id: number): Message[] {
  records.messages.takeRetry(id);
  const message = records.messages.find(id);
  return message === undefined ? [] : [message];
}

function step(event: DueEvent, records: Records, now: number, moment: FreezeMoment): Message[] {
  const license = records.licenses.find(event.subject);
  if (license === undefined) return [];
  const change: Change | undefined =
    event.kind === 'FREEZE' ? freezeWhenDue(license, now, moment) : releaseWhenDue(license, now);
  return change === undefined ? [] : writeChange(records, change, moment);
}
