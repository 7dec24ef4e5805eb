import * as z from 'zod';
import { CallNameSchema } from '../callbacks/calls.ts';
import { judgingRules } from '../callbacks/judge.ts';
import { failures, nothing, pageLimit, time } from '../control/shapes.ts';

/** The debugging page (应用接入调试) and its saved cases (调试用例管理). */

export const RunView = z.object({
  messageId: z.string(),
  at: time,
  succeeded: z.boolean(),
  resultCode: z.string().nullable(),
  /** The clause of R21 that failed the call. */
  rule: z.enum(judgingRules).nullable(),
  reason: z.string().nullable(),
});

export const CaseView = z.object({
  id: z.string(),
  listing: z.string(),
  interface: CallNameSchema,
  /** Of the body; an empty `businessId` is drawn anew for each request. */
  members: z.record(z.string(), z.unknown()),
  savedAt: time,
  /** `null` once its message has been forgotten. */
  lastRun: RunView.nullable(),
});

const Run = z.object({
  case: CaseView.nullable(),
  run: RunView.nullable(),
});
const found = { ...failures, 200: CaseView };

export const debuggingRoutes = {
  debug: {
    method: 'POST',
    path: '/debugging/cases',
    summary: 'Composes a debugging request and shows it signed; with "run" it is called, and saved if it succeeds',
    body: z.strictObject({
      interface: CallNameSchema,
      /** Of the body, instead of the documented samples; `null` leaves a member out. */
      members: z.record(z.string(), z.unknown()).default({}),
      listing: z.string().optional(),
      run: z.boolean().default(false),
    }),
    responses: {
      ...failures,
      200: Run.extend({
        listing: z.string(),
        /** The request as curl sends it, valid for a minute; `null` if no command line can carry it. */
        preview: z.string().nullable(),
      }),
    },
  },
  debuggingCases: {
    method: 'GET',
    path: '/debugging/cases',
    summary: 'Lists the saved cases',
    query: z.strictObject({ listing: z.string().optional(), after: z.string().optional(), limit: pageLimit }),
    responses: { ...failures, 200: z.array(CaseView) },
  },
  debuggingCase: {
    method: 'GET',
    path: '/debugging/cases/:id',
    summary: 'Shows a saved case and its latest run',
    responses: found,
  },
  removeDebuggingCase: {
    method: 'DELETE',
    path: '/debugging/cases/:id',
    summary: 'Forgets a saved case, which is then probed no more',
    body: nothing,
    responses: found,
  },
  runDebuggingCase: {
    method: 'POST',
    path: '/debugging/cases/:id/run',
    summary: 'Runs a saved case once more; it stays saved whatever the answer',
    body: nothing,
    responses: { ...failures, 200: Run },
  },
} as const;
