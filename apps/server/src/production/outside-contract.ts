import { result, resultCode } from '@koobridge/contracts';
import { answerUnread, type Limits } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { CallbackObserver } from '../observe/callbacks.ts';

/** Answers what no route of the contract takes: a wrong method, or a path below the production address (R8). */
export function outsideContract(path: string, limits: Limits, observe: CallbackObserver): Koa.Middleware {
  return async (ctx, next) => {
    const isAddress = ctx.path === path;
    if (!isAddress && !ctx.path.startsWith(`${path}/`)) return next();
    const receivedAt = performance.now();
    const message = isAddress
      ? `The method ${ctx.method} is not supported: interfaces are called by POST.`
      : 'There is no interface at this path.';
    const answer = result(resultCode.invalidParameter, message);
    await answerUnread(ctx, { status: 200, body: answer }, limits);
    const seconds = (performance.now() - receivedAt) / 1000;
    observe.answered({ reason: isAddress ? 'wrong-method' : 'unknown-path', answer, seconds });
  };
}
