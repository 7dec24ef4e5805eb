/** The types an application meets: handlers by route, options, and what a request brings along. */

import type { IncomingHttpHeaders } from 'node:http';
import type {
  AppRoute,
  AppRouter,
  SchemaOutputOrType,
  ServerInferRequest,
  ServerInferResponses,
  StandardSchemaV1,
} from '@ts-rest/core';
import type Koa from 'koa';
import type { Answer } from './answer.ts';
import type { LimitsOption } from './limits.ts';
import type { RawBody } from './raw-body.ts';
import type { Refusal } from './refusal.ts';

/** A request before its body was looked at. */
export interface Incoming {
  ctx: Koa.Context;
  route: AppRoute;
  /** `performance.now()` when the request reached its route, in milliseconds. */
  receivedAt: number;
}

export type Admission<A, R> = { admitted: true; value: A } | { admitted: false; reason: R };

export interface Options<A = undefined, R = never> {
  /** For all routes, or computed for each route once, when `serve` is called. */
  limits?: LimitsOption;
  /** Sees the exact bytes before any schema does, and decides whether the request goes on; its value reaches the handler. */
  admit?: (raw: RawBody, incoming: Incoming) => Admission<A, R> | Promise<Admission<A, R>>;
  /** How a refused request is answered; `defaultAnswer` without it. What it throws is Koa's to handle. */
  refuse?: (refusal: Refusal<A, R>, incoming: Incoming) => Answer | Promise<Answer>;
  /** Checks handlers' answers against the contract and sends what the schema makes of them; false by default. */
  validateResponses?: boolean;
}

// ts-rest infers headers through zod 3's types, which zod 4 does not have.
type Headers<R extends AppRoute> = R extends { headers: infer H }
  ? H extends StandardSchemaV1
    ? WithOthers<StandardSchemaV1.InferOutput<H>>
    : WithOthers<{ [K in keyof H as K extends string ? Lowercase<K> : never]: SchemaOutputOrType<H[K]> }>
  : IncomingHttpHeaders;

// Not Omit, which would forget the names that IncomingHttpHeaders knows.
type WithOthers<H> = H & { [K in keyof IncomingHttpHeaders as K extends keyof H ? never : K]: IncomingHttpHeaders[K] };

/** What a handler gets: the parts of the request its route declares, typed by their schemas, and the request itself. */
export type HandlerArgs<R extends AppRoute, A = undefined> = Omit<ServerInferRequest<R>, 'headers'> & {
  headers: Headers<R>;
  /** The body exactly as received. */
  raw: RawBody;
  /** The value `admit` let the request pass with. */
  admitted: A;
  ctx: Koa.Context;
  /** `performance.now()` when the request reached its route, in milliseconds. */
  receivedAt: number;
};

/** What a handler answers: a status and body of its route, and headers if it likes. */
export type HandlerAnswer<R extends AppRoute> = ServerInferResponses<R> & { headers?: Record<string, string> };

export type Handler<R extends AppRoute, A = undefined> = (
  args: HandlerArgs<R, A>,
) => HandlerAnswer<R> | Promise<HandlerAnswer<R>>;

/** A handler for every route of a contract, nested as the contract is. */
export type Handlers<C extends AppRouter, A = undefined> = {
  [K in keyof C]: C[K] extends AppRoute ? Handler<C[K], A> : C[K] extends AppRouter ? Handlers<C[K], A> : never;
};
