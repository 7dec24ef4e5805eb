/** Serves any ts-rest contract on Koa 3. */

export type { Answer } from './answer.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { JsonReading, RawBody, UnreadableReason } from './raw-body.ts';
export { defaultAnswer, type Part, type Refusal } from './refusal.ts';
export { serve } from './serve.ts';
export type { Admission, Handler, HandlerAnswer, HandlerArgs, Handlers, Incoming, Options } from './types.ts';
export { answerUnread } from './unread.ts';
