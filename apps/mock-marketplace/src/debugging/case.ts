import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CallNameSchema } from '../callbacks/calls.ts';

/** Members of a request body, by name. */
export type Members = Readonly<Record<string, unknown>>;

/** A debugging call that succeeded once and is kept (调试用例): the same request is made of it each time. */
export const DebuggingCase = z.object({
  id: z.string(),
  listing: z.string(),
  interface: CallNameSchema,
  /** Of the body, `businessId` empty where each request draws its own. */
  members: z.record(z.string(), z.unknown()),
  /** On the life-cycle clock. */
  savedAt: z.number(),
  /** The message of its latest run, which may have been forgotten since. */
  lastMessage: z.number(),
});
export type DebuggingCase = z.output<typeof DebuggingCase>;

/** What a run is made of, before it is saved. */
export type CaseDraft = Pick<DebuggingCase, 'id' | 'listing' | 'interface' | 'members'>;

/** The same listing, interface and body are the same case, so that saving it again adds nothing. */
export function caseId(listing: string, body: string, name: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([listing, name, body]))
    .digest('hex');
  return `case-${hash.slice(0, 16)}`;
}
