/** Answering a client that is still sending: answer, give it time to read, cut the connection. */

import type Koa from 'koa';
import { type Answer, send } from './answer.ts';
import { ignore } from './receive.ts';

/** How long the connection stays open, unread, after the answer was written, in milliseconds. */
const lingerMs = 1000;

/**
 * Sends an answer and closes the connection a moment later, without reading what the client still sends.
 *
 * Closing a socket that has unread bytes resets it, and a reset may overtake the answer; so the answer is written whole
 * first, and the end follows after a moment. Koa's own responding is bypassed, the context shows the answer all the same.
 */
export function sendAndCut(ctx: Koa.Context, answer: Answer): void {
  const { res } = ctx;
  send(ctx, answer);
  ctx.set('Connection', 'close');
  ctx.respond = false;
  ctx.onerror = ignore;
  if (!ctx.writable) return;
  const body = ctx.body instanceof Buffer ? ctx.body : Buffer.from(typeof ctx.body === 'string' ? ctx.body : '');
  ctx.length = body.length;
  res.flushHeaders();
  res.write(body);
  const timer = setTimeout(() => res.end(), lingerMs);
  res.once('close', () => clearTimeout(timer));
}
