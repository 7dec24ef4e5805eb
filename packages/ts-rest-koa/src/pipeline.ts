/** The way of one request through its route, from its bytes to its answer. */

import type { AppRoute } from '@ts-rest/core';
import type Koa from 'koa';
import { type Answer, send, sendByContract } from './answer.ts';
import { sendAndCut } from './cut.ts';
import { deadlineFor, type Limits, limitsFor } from './limits.ts';
import { type RawBody, rawBody } from './raw-body.ts';
import { declaredLength, type Received, receive } from './receive.ts';
import { defaultAnswer, type Refusal } from './refusal.ts';
import { requestParser } from './request.ts';
import { answerChecker } from './response.ts';
import type { Incoming, Options } from './types.ts';

/** A handler whose route's types are forgotten; `Handlers` tied it to its route before. */
export type AnyHandler = (args: object) => Answer | Promise<Answer>;

/** Prepares the middleware of one route. */
export function pipeline<A, R>(
  route: AppRoute,
  handler: AnyHandler,
  options: Options<A, R>,
): (ctx: Koa.Context) => Promise<void> {
  const { admit, refuse = defaultRefuse } = options;
  const limits = limitsFor(route, options.limits);
  const parse = requestParser(route);
  const checkAnswer = options.validateResponses === true ? answerChecker(route) : undefined;

  /** Sends the handler's answer, or says why there is none. */
  async function answer(raw: RawBody, incoming: Incoming): Promise<Refusal<A, R> | undefined> {
    const { ctx, receivedAt } = incoming;
    let admitted: A | undefined;
    try {
      if (admit !== undefined) {
        const admission = await admit(raw, incoming);
        if (!admission.admitted) return { kind: 'not-admitted', reason: admission.reason };
        admitted = admission.value;
      }
      // Without `admit` the type parameter A is undefined, with it `admitted` was set just above.
      const value = admitted as A;
      const parsed = await parse(ctx, raw);
      if (!parsed.ok) {
        return parsed.kind === 'schema'
          ? { kind: 'schema', part: parsed.part, issues: parsed.issues, admitted: value, raw }
          : { kind: 'body-unreadable', reason: parsed.reason, admitted: value, raw };
      }
      const { params, query, headers, body } = parsed.parts;
      const given = await handler({ params, query, headers, body, raw, admitted, ctx, receivedAt });
      sendByContract(ctx, route, checkAnswer === undefined ? given : await checkAnswer(given));
      return undefined;
    } catch (error) {
      return { kind: 'failed', error, admitted };
    }
  }

  return async (ctx) => {
    const incoming: Incoming = { ctx, route, receivedAt: performance.now() };
    const deadlineMs = deadlineFor(declaredLength(ctx.req), limits);
    const received = await receive(ctx, limits.bytes, limits.bytes + limits.drainBytes, deadlineMs);
    if (received.end === 'gone') return;
    const refusal =
      received.end === 'whole' && received.size <= limits.bytes
        ? (compressed(ctx) ?? (await answer(rawBody(received.bytes), incoming)))
        : outsideLimits(received, { ...limits, deadlineMs });
    if (refusal === undefined) return;
    const refused = await refuse(refusal, incoming);
    if (received.end !== 'whole') sendAndCut(ctx, refused);
    else {
      send(ctx, refused);
      if (refusal.kind === 'body-too-large') ctx.set('Connection', 'close');
    }
  };
}

function compressed(ctx: Koa.Context): { kind: 'body-compressed'; encoding: string } | undefined {
  const encoding = ctx.headers['content-encoding'];
  if (encoding === undefined || /^(identity)?$/i.test(encoding.trim())) return undefined;
  return { kind: 'body-compressed', encoding };
}

function outsideLimits(
  { end, size }: Received,
  limits: Limits,
): { kind: 'body-too-large'; limit: number } | { kind: 'body-too-slow'; deadlineMs: number } {
  return end === 'late' && size <= limits.bytes
    ? { kind: 'body-too-slow', deadlineMs: limits.deadlineMs }
    : { kind: 'body-too-large', limit: limits.bytes };
}

/** Answers by default, and lets Koa's error event have what failed, which is how Koa applications log. */
function defaultRefuse(refusal: Refusal<unknown, unknown>, { ctx }: Incoming): Answer {
  if (refusal.kind === 'failed') ctx.app.emit('error', refusal.error, ctx);
  return defaultAnswer(refusal);
}
