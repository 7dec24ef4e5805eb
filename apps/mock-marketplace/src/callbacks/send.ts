import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from './outcome.ts';

/** A call exactly as it goes out. */
export interface SignedCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Sent in two pieces with a pause between them. */
  readonly slow?: boolean;
}

/** Makes one call and tells what became of it. Never rejects. An abort of `stopping` abandons the call. */
export type Sender = (call: SignedCall, stopping: AbortSignal) => Promise<Outcome>;

/** An answer longer than this is not read to its end. Documented answers have a few hundred bytes. */
const answerLimit = 1024 * 1024;

/**
 * Sends over HTTP: POST, redirects not followed, `limitMs` for everything from the connection to the last byte of the
 * answer (R21), TLS checked as Node checks it.
 */
export function httpSender(limitMs: number): Sender {
  return async (call, stopping) => {
    // Signals of the platform live on until their time is over; a year of calls must not.
    const ending = new AbortController();
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      ending.abort();
    }, limitMs);
    const stop = (): void => ending.abort();
    stopping.addEventListener('abort', stop);
    if (stopping.aborted) stop();
    let status: number | null = null;
    const ended = (error: unknown): Outcome => {
      if (stopping.aborted) return { kind: 'abandoned' };
      if (timedOut) return { kind: 'timed-out', limitMs, status };
      const { kind, text } = causeOf(error);
      return status === null && !brokenOff.test(kind)
        ? { kind: 'unreachable', cause: text }
        : { kind: 'broken', cause: text, status };
    };
    try {
      const response = await fetch(call.url, {
        method: 'POST',
        redirect: 'manual',
        signal: ending.signal,
        ...contentOf(call),
      });
      status = response.status;
      const answer = await readUpTo(answerLimit, response.body);
      return answer.whole
        ? { kind: 'answered', status, contentType: response.headers.get('content-type'), body: answer.bytes }
        : { kind: 'too-large', limitBytes: answerLimit, status, body: answer.bytes };
    } catch (error) {
      return ended(error);
    } finally {
      clearTimeout(limit);
      stopping.removeEventListener('abort', stop);
    }
  };
}

/** The pause of a slow link, in real time; it has to be short, since a moved clock may make many thousand calls. */
const pauseMs = 5;

function contentOf({ headers, body, slow = false }: SignedCall): RequestInit {
  if (!slow) return { headers, body };
  const bytes = new TextEncoder().encode(body);
  const half = Math.ceil(bytes.length / 2);
  const pieces = async function* () {
    yield bytes.subarray(0, half);
    await pause(pauseMs);
    yield bytes.subarray(half);
  };
  const stream = ReadableStream.from(pieces());
  return { headers: { ...headers, 'Content-Length': String(bytes.length) }, body: stream, duplex: 'half' };
}

/** Reasons of undici that a connection which stood has ended, or that what came over it was no HTTP. */
const brokenOff = /^(ECONNRESET|EPIPE|HPE_\w+|UND_ERR_(?!CONNECT)\w+|HTTPParserError)$/;

async function readUpTo(
  limit: number,
  stream: ReadableStream<Uint8Array> | null,
): Promise<{ readonly whole: boolean; readonly bytes: Uint8Array }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) return { whole: false, bytes: Buffer.concat(chunks) }; // leaving the loop cancels the stream
  }
  return { whole: true, bytes: Buffer.concat(chunks, size) };
}

/** undici wraps what happened on the wire in the `cause` of a TypeError. */
function causeOf(error: unknown): { readonly kind: string; readonly text: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return { kind: '', text: String(cause) };
  const kind = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  const text = cause.message === '' ? kind : cause.message;
  return { kind, text: text.includes(kind) || kind === 'Error' ? text : `${text} (${kind})` };
}
