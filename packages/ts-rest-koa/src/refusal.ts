/** Why a request was refused, and the answer it gets if the application says nothing else. */

import type { StandardSchemaV1 } from '@ts-rest/core';
import type { Answer } from './answer.ts';
import type { RawBody, UnreadableReason } from './raw-body.ts';

/** The parts of a request a contract has schemas for, in the order they are checked. */
export type Part = 'path' | 'query' | 'headers' | 'body';

export type Refusal<A = undefined, R = never> =
  /** The body is longer than `limit` bytes. The connection is closed after the answer. */
  | { kind: 'body-too-large'; limit: number }
  /** The body had not arrived whole `deadlineMs` after the request began. The connection is closed after the answer. */
  | { kind: 'body-too-slow'; deadlineMs: number }
  /** The body came with a Content-Encoding other than identity. */
  | { kind: 'body-compressed'; encoding: string }
  /** `admit` said no. */
  | { kind: 'not-admitted'; reason: R }
  /** The contract expects a body and the bytes cannot be read as one. */
  | { kind: 'body-unreadable'; reason: UnreadableReason; admitted: A; raw: RawBody }
  /** A schema of the contract does not accept what was sent. */
  | { kind: 'schema'; part: Part; issues: readonly StandardSchemaV1.Issue[]; admitted: A; raw: RawBody }
  /** `admit`, a schema or the handler threw, or the handler's answer breaks the contract. `admitted` is undefined if `admit` threw. */
  | { kind: 'failed'; error: unknown; admitted: A | undefined };

/**
 * The answer a refused request gets by default: 413, 408, 415, 401, 400 (with the schema's issues) or 500 (without details),
 * as `{"error": kind}`.
 */
export function defaultAnswer(refusal: Refusal<unknown, unknown>): Answer {
  switch (refusal.kind) {
    case 'body-too-large':
      return { status: 413, body: { error: refusal.kind, limit: refusal.limit } };
    case 'body-too-slow':
      return { status: 408, body: { error: refusal.kind, deadlineMs: refusal.deadlineMs } };
    case 'body-compressed':
      return { status: 415, body: { error: refusal.kind } };
    case 'not-admitted':
      return { status: 401, body: { error: refusal.kind } };
    case 'body-unreadable':
      return { status: 400, body: { error: refusal.kind, reason: refusal.reason } };
    case 'schema':
      return {
        status: 400,
        body: {
          error: refusal.kind,
          part: refusal.part,
          issues: refusal.issues.map(({ path, message }) => ({ path, message })),
        },
      };
    case 'failed':
      return { status: 500, body: { error: refusal.kind } };
  }
}
