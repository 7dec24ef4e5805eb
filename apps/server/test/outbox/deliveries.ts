import type { Deliver, Delivery } from '../../src/outbox/attempt.ts';
import type { StoredEvent } from '../../src/outbox/outbox.ts';

/** Takes events and answers as a test wants; `received` is what was taken, `tried` every attempt. */
export function collecting(
  answer: (event: StoredEvent, attempt: number) => Delivery | Promise<Delivery> = () => taken,
) {
  const tried: StoredEvent[] = [];
  const received: StoredEvent[] = [];
  let atOnce = 0;
  let most = 0;
  const deliver: Deliver = async (event) => {
    tried.push(event);
    atOnce += 1;
    most = Math.max(most, atOnce);
    try {
      const delivery = await answer(event, tried.length);
      if (delivery.ok) received.push(event);
      return delivery;
    } finally {
      atOnce -= 1;
    }
  };
  return { deliver, tried, received, mostAtOnce: () => most };
}

export const taken: Delivery = { ok: true };
export const refused: Delivery = { ok: false, problem: 'not today' };

/** Never answers, whatever is aborted. */
export const hanging: Deliver = () => new Promise(() => undefined);

/** The numbers of `numbered` events by subject, in the order given. */
export function bySubject(events: readonly StoredEvent[]): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (const { subject, data } of events) {
    lists[subject] ??= [];
    lists[subject].push(String(Object(data).orderLineId));
  }
  return lists;
}
