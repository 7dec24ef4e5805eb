import { setTimeout as sleep } from 'node:timers/promises';
import type Koa from 'koa';

/** The share of the time that goes into calls nobody vouches for, once there are many of them. */
const share = 1 / 20;
/** What such a call costs before its token is looked at, in milliseconds, and what each mebibyte of it adds. */
const callMs = 0.06;
const mebibyteMs = 1;
/** So much work may come in one burst before anybody waits. */
const burstMs = 10;
/** Nobody waits longer: the answer has to arrive in time (R9). */
const longestMs = 3_000;

/** Keeps account of work for calls that nobody vouches for. All times in milliseconds, `now` on a clock that does not go back. */
export interface Pace {
  /** How long the answer to a call waits that has cost so much work. */
  waitFor(costMs: number, now: number): number;
  /** Whether there is more of it than waiting can slow down. */
  isFlooded(now: number): boolean;
}

export function pace(): Pace {
  let paidUntil = 0;
  const owed = (now: number): number => paidUntil - now - burstMs / share;
  return {
    waitFor(costMs, now) {
      // No more is owed than what keeps a flood out, so that it is forgotten soon after its end.
      paidUntil = Math.min(Math.max(paidUntil, now) + costMs / share, now + burstMs / share + 2 * longestMs);
      return Math.max(0, Math.min(owed(now), longestMs));
    },
    isFlooded: (now) => owed(now) >= longestMs,
  };
}

/** Calls whose token was good. */
const vouched = new WeakSet<Koa.Context>();
/** What looking at the others' tokens took, in milliseconds. */
const charges = new WeakMap<Koa.Context, number>();

export const vouchFor = (ctx: Koa.Context): void => void vouched.add(ctx);
export const charge = (ctx: Koa.Context, ms: number): void => void charges.set(ctx, ms);

/**
 * Answers to calls that nobody vouches for leave at a bounded rate: who waits for a refusal sends no other call meanwhile,
 * so that a flood of them leaves most of the time to those that are signed. A few of them do not wait at all, and
 * neither does what anybody may ask, such as `/readyz`.
 */
export function slowRefusals(isOurs: (path: string) => boolean, { waitFor }: Pace): Koa.Middleware {
  return async (ctx, next) => {
    await next();
    const isRefused = isOurs(ctx.path) || ctx.status === 401 || ctx.status === 404;
    if (vouched.has(ctx) || !isRefused) return;
    const { socket, headers } = ctx.req;
    const mebibytes = Number(headers['content-length'] ?? 0) / (1024 * 1024);
    const cost = callMs + mebibyteMs * Math.min(16, mebibytes) + (charges.get(ctx) ?? 0);
    const wait = waitFor(cost, performance.now());
    if (wait === 0) return;
    // What was sent behind this call, without waiting for its answer, is not even read.
    socket.pause();
    await sleep(wait);
    socket.resume();
  };
}
