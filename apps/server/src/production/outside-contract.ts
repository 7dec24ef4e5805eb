import { result, resultCode } from '@koobridge/contracts';
import { answerUnread, type Limits } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { CallbackObserver } from '../observe/callbacks.ts';
import type { Gate } from './gates.ts';

/**
 * Answers what no route of the contract takes: a wrong method, or a path below the production address (R8). `sign` is
 * that of V1 where it is switched on: which generation such a call was meant for, nobody can tell (R25).
 */
export function outsideContract(
  path: string,
  limits: Limits,
  observe: CallbackObserver,
  sign: Gate['sign'],
): Koa.Middleware {
  return async (ctx, next) => {
    const isAddress = ctx.path === path;
    if (!isAddress && !ctx.path.startsWith(`${path}/`)) return next();
    const receivedAt = performance.now();
    const message = isAddress
      ? `The method ${ctx.method} is not supported: interfaces are called by POST.`
      : 'There is no interface at this path.';
    const answer = result(resultCode.invalidParameter, message);
    const headers = sign?.(JSON.stringify(answer), undefined);
    await answerUnread(ctx, { status: 200, body: answer, ...(headers && { headers }) }, limits);
    const seconds = (performance.now() - receivedAt) / 1000;
    observe.answered({ reason: isAddress ? 'wrong-method' : 'unknown-path', answer, seconds });
  };
}
