import type { Work } from '../ledger/work.ts';
import type { StoredEvent } from './outbox.ts';

/** Delivers one event through one channel. `signal` is aborted when the attempt is given up. */
export type Deliver = (event: StoredEvent, signal: AbortSignal) => Promise<Delivery>;

export type Delivery =
  | {
      readonly ok: true;
      /** Runs in the transaction that removes the event, once: keeps what came of it, and may put further events. */
      readonly settle?: () => Work<void>;
      /** What that touches beside the event's subject. */
      readonly touches?: readonly string[];
    }
  /** `problem` is kept and shown to operators: nothing of the event's data, no secret. */
  | { readonly ok: false; readonly problem: string };

/**
 * Delivers, for at most `limitMs` milliseconds: what is not done by then has failed, even if it goes on. 'stopped' when
 * `stopping` came first. Never rejects; of what is thrown only the kind is told, its message may quote the event.
 */
export function attempt(
  deliver: Deliver,
  event: StoredEvent,
  limitMs: number,
  stopping: AbortSignal,
): Promise<Delivery | 'stopped'> {
  if (stopping.aborted) return Promise.resolve('stopped');
  return new Promise((resolve) => {
    const givingUp = new AbortController();
    const end = (outcome: Delivery | 'stopped'): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', stop);
      resolve(outcome);
    };
    const giveUp = (outcome: Delivery | 'stopped'): void => {
      end(outcome);
      givingUp.abort();
    };
    const stop = (): void => giveUp('stopped');
    const timer = setTimeout(() => giveUp({ ok: false, problem: `it took more than ${limitMs / 1_000} s` }), limitMs);
    stopping.addEventListener('abort', stop);
    settled(deliver, event, givingUp.signal).then(end, end);
  });
}

async function settled(deliver: Deliver, event: StoredEvent, signal: AbortSignal): Promise<Delivery> {
  try {
    return await deliver(event, signal);
  } catch (error) {
    return { ok: false, problem: `it failed with ${kindOf(error)}` };
  }
}

/** The name of an error's class, if it looks like one. */
function kindOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return /^[A-Z][A-Za-z0-9]{0,38}Error$/.test(name) ? name : 'an error';
}
