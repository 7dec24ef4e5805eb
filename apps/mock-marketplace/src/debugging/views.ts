import type * as z from 'zod';
import { iso } from '../clock/calendar.ts';
import type { Records } from '../database/records.ts';
import type { DebuggingCase } from './case.ts';
import type { CaseView, RunView } from './routes.ts';

/** What became of a message that is sent once; `null` if it is no more, or not yet judged. */
export function runView({ attempts }: Records, message: number): z.output<typeof RunView> | null {
  const last = attempts.of(message).at(-1);
  if (last === undefined || (last.state !== 'SUCCEEDED' && last.state !== 'FAILED')) return null;
  const { at, state, resultCode, rule, reason } = last;
  return { messageId: String(message), at: iso(at), succeeded: state === 'SUCCEEDED', resultCode, rule, reason };
}

export function caseView(records: Records, one: DebuggingCase): z.output<typeof CaseView> {
  const { id, listing, interface: name, members, savedAt, lastMessage } = one;
  return {
    id,
    listing,
    interface: name,
    members,
    savedAt: iso(savedAt),
    lastRun: runView(records, lastMessage),
  };
}
