/** What goes back to the client, and how it is put on Koa's context. */

import { type AppRoute, isAppRouteNoBody, isAppRouteOtherResponse } from '@ts-rest/core';
import type Koa from 'koa';

export interface Answer {
  status: number;
  /** A string or Buffer is sent as it is, nothing for undefined, everything else as JSON. */
  body: unknown;
  headers?: Record<string, string>;
}

const json = 'application/json';

/** Puts an answer on the context. Throws, with the context's body untouched, if the body cannot become JSON. */
export function send(ctx: Koa.Context, { status, body, headers }: Answer): void {
  if (body === undefined) sendEncoded(ctx, status, headers, undefined, undefined);
  else if (typeof body === 'string' || Buffer.isBuffer(body)) sendEncoded(ctx, status, headers, undefined, body);
  else sendEncoded(ctx, status, headers, json, JSON.stringify(body));
}

/** Puts a handler's answer on the context in the way the contract describes its status. Throws if the body cannot become JSON. */
export function sendByContract(ctx: Koa.Context, route: AppRoute, { status, body, headers }: Answer): void {
  const response = route.responses[status];
  if (body === undefined || (response !== undefined && isAppRouteNoBody(response))) {
    sendEncoded(ctx, status, headers, undefined, undefined);
  } else if (response !== undefined && isAppRouteOtherResponse(response)) {
    sendEncoded(ctx, status, headers, response.contentType, body);
  } else {
    sendEncoded(ctx, status, headers, json, JSON.stringify(body));
  }
}

function sendEncoded(
  ctx: Koa.Context,
  status: number,
  headers: Record<string, string> | undefined,
  contentType: string | undefined,
  body: unknown,
): void {
  ctx.status = status;
  if (contentType !== undefined) ctx.set('Content-Type', contentType);
  if (headers !== undefined) ctx.set(headers);
  // Koa takes null as "no body", and turns the status into 204 unless it is set again.
  ctx.body = body ?? null;
  if (body === undefined) ctx.status = status;
}
