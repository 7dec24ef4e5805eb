/** Takes a request's body off the wire: a bounded number of bytes in a bounded time. */

import type { IncomingMessage } from 'node:http';
import type Koa from 'koa';

/**
 * How receiving ended: the `whole` body is here, it ran `over` the budget, it was `late`, or the client went away (`gone`).
 * `bytes` holds the body if it came whole and was to be kept.
 */
export type Received = { end: 'whole'; bytes: Buffer; size: number } | { end: 'over' | 'late' | 'gone'; size: number };

const nothing = Buffer.alloc(0);
const noBody: Received = { end: 'whole', bytes: nothing, size: 0 };

/** Stands in for a context's `onerror` where a broken connection is nothing to report. */
export function ignore(): void {}

/** The length the client declared; 0 without a body, undefined if it comes in chunks. */
export function declaredLength(req: IncomingMessage): number | undefined {
  if (req.headers['transfer-encoding'] !== undefined) return undefined;
  const length = req.headers['content-length'];
  return length === undefined ? 0 : Number(length);
}

/**
 * Reads the body of a request to its end, unless it is longer than `budget` bytes or takes longer than `deadlineMs`.
 * No more than `keep` bytes are held in memory: a longer body is counted and thrown away.
 * When it ends early the request is left paused, so nothing more is read from the client.
 *
 * @throws Error if the body was read by somebody else before, which is a mistake in how the application is put together.
 */
export async function receive(ctx: Koa.Context, keep: number, budget: number, deadlineMs: number): Promise<Received> {
  const { req } = ctx;
  const declared = declaredLength(req);
  if (declared === 0) return noBody;
  if (req.readableEnded) throw new Error('the request body was already read by other middleware');
  if (declared !== undefined && declared > budget) return { end: 'over', size: declared };
  // Node hands over the headers first and the bytes that came with them right after: most bodies are here by then.
  await null;
  if (req.destroyed) return { end: 'gone', size: 0 };
  if (declared !== undefined && declared <= keep && req.readableLength === declared) {
    // No encoding is set on the request, so what it gives are bytes; all that are buffered when no size is asked for.
    const bytes = req.read() as Buffer;
    req.resume();
    return { end: 'whole', bytes, size: declared };
  }
  return collect(ctx, keep, budget, deadlineMs);
}

function collect(ctx: Koa.Context, keep: number, budget: number, deadlineMs: number): Promise<Received> {
  return new Promise((resolve) => {
    const { req, onerror } = ctx;
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish('late'), deadlineMs);
    // Koa reports a connection that breaks as an error of the application; a client that goes away while it sends is none.
    ctx.onerror = ignore;

    function finish(end: Received['end']): void {
      clearTimeout(timer);
      if (end !== 'gone') ctx.onerror = onerror;
      req.off('data', onData).off('end', onEnd).off('close', onClose);
      if (end === 'whole') {
        const [first = nothing] = chunks;
        resolve({ end, bytes: chunks.length < 2 ? first : Buffer.concat(chunks, size), size });
      } else {
        req.pause();
        resolve({ end, size });
      }
    }
    function onData(chunk: Buffer): void {
      size += chunk.length;
      if (size <= keep) chunks.push(chunk);
      else chunks.length = 0;
      if (size > budget) finish('over');
    }
    const onEnd = (): void => finish('whole');
    const onClose = (): void => finish('gone');
    req.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}
