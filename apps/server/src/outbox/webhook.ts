import { Webhook } from 'standardwebhooks';
import type { Deliver } from './attempt.ts';
import type { StoredEvent } from './outbox.ts';

export interface WebhookNeed {
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** The longest the receiver may take, in milliseconds. */
  readonly limitMs: number;
  /** Milliseconds since the epoch; receivers refuse a signature that is minutes away from their own clock. */
  readonly now: () => number;
}

/** What is read of an answer, so that its connection can be used again; a longer one costs the connection. */
const answerLimit = 64 * 1024;

/**
 * POSTs events with a signature as Standard Webhooks has it, https://www.standardwebhooks.com. Any 2xx is a delivery,
 * everything else is not, a redirect included. Throws at once if the secret is none.
 */
export function webhookDelivery({ url, secret, limitMs, now }: WebhookNeed): Deliver {
  const webhook = new Webhook(secret);
  return async (event, signal) => {
    const body = bodyOf(event);
    const at = new Date(now());
    const limit = AbortSignal.timeout(limitMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'webhook-id': event.id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': webhook.sign(event.id, at, body),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
      });
      // The status is the answer; nobody waits for the rest.
      void discard(response);
      return response.ok ? { ok: true } : { ok: false, problem: `the receiver answered HTTP ${response.status}` };
    } catch (error) {
      if (limit.aborted) return { ok: false, problem: `the receiver did not answer within ${limitMs / 1_000} s` };
      return { ok: false, problem: `the receiver could not be reached${codeOf(error)}` };
    }
  };
}

/** The message that is signed, the same bytes at every attempt. */
const bodyOf = ({ id, type, createdAt, subject, data }: StoredEvent): string =>
  JSON.stringify({ id, type, timestamp: new Date(createdAt).toISOString(), subject, data });

/** Reads the answer away, or ends the connection where that is too much. Never rejects. */
async function discard({ body }: Response): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > answerLimit) return;
    }
  } catch {
    // It was cut off, and it did not matter.
  }
}

/** Node's code for what went wrong with the connection; a message may quote the address and what is secret in it. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? `: ${code}` : '';
}
