/** Turns a request into what its handler is given, by the schemas of its contract in their order. */

import type { AppRoute, StandardSchemaV1 } from '@ts-rest/core';
import type Koa from 'koa';
import { bodyReader } from './body.ts';
import type { RawBody, UnreadableReason } from './raw-body.ts';
import type { Part } from './refusal.ts';
import { type Check, checkFor, checkForHeaders } from './schemas.ts';

/** The parts of a request that the contract lets through. */
export interface Parts {
  params: unknown;
  query: unknown;
  headers: unknown;
  body: unknown;
}

export type Parsed =
  | { ok: true; parts: Parts }
  | { ok: false; kind: 'schema'; part: Part; issues: readonly StandardSchemaV1.Issue[] }
  | { ok: false; kind: 'body-unreadable'; reason: UnreadableReason };

/** A request whose path the router matched. */
export type Matched = Koa.Context & { params?: unknown };

/** Prepares the reading of a route's requests. The result rejects only if a schema throws. */
export function requestParser(route: AppRoute): (ctx: Matched, raw: RawBody) => Promise<Parsed> {
  const checkParams = checkFor(route.pathParams);
  const checkQuery = checkFor(route.query);
  const takesQuery = route.query !== undefined && route.query !== null;
  const checkHeaders = checkForHeaders(route.headers);
  const checkBody = 'body' in route ? checkFor(route.body) : undefined;
  const readBody = bodyReader(route);

  return async (ctx, raw) => {
    const parts: Parts = { params: ctx.params, query: undefined, headers: ctx.headers, body: undefined };
    if (checkParams !== undefined) {
      const issues = await check(parts, 'params', checkParams);
      if (issues !== undefined) return { ok: false, kind: 'schema', part: 'path', issues };
    }
    if (takesQuery) parts.query = ctx.query;
    if (checkQuery !== undefined) {
      const issues = await check(parts, 'query', checkQuery);
      if (issues !== undefined) return { ok: false, kind: 'schema', part: 'query', issues };
    }
    if (checkHeaders !== undefined) {
      const issues = await check(parts, 'headers', checkHeaders);
      if (issues !== undefined) return { ok: false, kind: 'schema', part: 'headers', issues };
    }
    if (readBody === undefined) return { ok: true, parts };
    const reading = readBody(raw);
    if (!reading.ok && reading.reason !== 'empty')
      return { ok: false, kind: 'body-unreadable', reason: reading.reason };
    parts.body = reading.ok ? reading.value : undefined;
    if (checkBody !== undefined) {
      const issues = await check(parts, 'body', checkBody);
      // No bytes at all are a body only for a schema that accepts undefined.
      if (issues !== undefined && !reading.ok) return { ok: false, kind: 'body-unreadable', reason: reading.reason };
      if (issues !== undefined) return { ok: false, kind: 'schema', part: 'body', issues };
    }
    return { ok: true, parts };
  };
}

/** Runs one schema; replaces the part by what the schema made of it, or returns the issues. */
async function check(
  parts: Parts,
  name: keyof Parts,
  run: Check,
): Promise<readonly StandardSchemaV1.Issue[] | undefined> {
  const result = run(parts[name]);
  const checked = result instanceof Promise ? await result : result;
  if (checked.issues !== undefined) return checked.issues;
  parts[name] = checked.value;
  return undefined;
}
