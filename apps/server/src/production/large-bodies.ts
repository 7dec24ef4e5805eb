import { result, resultCode } from '@koobridge/contracts';
import { answerUnread } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { Gate } from './gates.ts';

export interface LargeBodies {
  /** Requests that are let through say of themselves that they are at most this long. */
  readonly bytes: number;
  /** How many longer ones may be under way at a time. */
  readonly most: number;
  /** Whether none is taken at the moment. */
  isFlooded(): boolean;
  /** Paths it is about. */
  readonly isAbout: (path: string) => boolean;
  /** That of V1 where it is switched on (R25). */
  readonly sign: Gate['sign'];
}

/**
 * Bounds the memory that bodies of many mebibytes take before anybody has vouched for them: above a number of them, and
 * of those that do not tell their length, the answer is that the server is busy, which the store repeats (R8).
 */
export function limitLargeBodies({ bytes, most, isFlooded, isAbout, sign }: LargeBodies): Koa.Middleware {
  let underWay = 0;
  return async (ctx, next) => {
    const { 'content-length': length = 0, 'transfer-encoding': encoding } = ctx.req.headers;
    const told = encoding === undefined ? Number(length) : Number.NaN;
    if (!isAbout(ctx.path) || told <= bytes) return next();
    if (underWay >= most || isFlooded()) {
      const headers = sign?.(JSON.stringify(busy), undefined);
      return answerUnread(ctx, { status: 200, body: busy, ...(headers && { headers }) }, nothingRead);
    }
    underWay += 1;
    try {
      await next();
    } finally {
      underWay -= 1;
    }
  };
}

/** Reading what is thrown away costs more than anything else about it. */
const nothingRead = { bytes: 0, drainBytes: 0 };
const busy = result(resultCode.internalError, 'Too many large bodies arrive at the same time; please repeat.');
