/** Answering a request whose body nobody wants. */

import type Koa from 'koa';
import { type Answer, send } from './answer.ts';
import { sendAndCut } from './cut.ts';
import { checkedLimits, type Limits } from './limits.ts';
import { receive } from './receive.ts';

/**
 * Answers a request without looking at its body, for what no contract describes: a wrong method, an unknown path.
 * The body is read and thrown away, up to `bytes + drainBytes` bytes and for `deadlineMs` at most; if it has ended by then
 * the connection stays usable, else it is closed after the answer. A client that goes away meanwhile gets no answer.
 */
export async function answerUnread(ctx: Koa.Context, answer: Answer, limits: Partial<Limits> = {}): Promise<void> {
  const { bytes, drainBytes, deadlineMs } = checkedLimits(limits);
  const { end } = await receive(ctx, 0, bytes + drainBytes, deadlineMs);
  if (end === 'whole') send(ctx, answer);
  else if (end !== 'gone') sendAndCut(ctx, answer);
}
