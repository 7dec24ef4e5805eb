import { composeBody } from '@koobridge/contracts';
import { type CallName, calls } from '../callbacks/calls.ts';
import type { Members } from './case.ts';
import { documentedRequest } from './documented-request.ts';

export type Composed =
  | { readonly ok: true; readonly members: Members }
  /** A sentence: what, why, what to do. */
  | { readonly ok: false; readonly error: string };

/** Chosen by the page itself. */
const fixed: ReadonlySet<string> = new Set(['activity', 'testFlag']);

/**
 * The documented request with some of its members filled in; `null` leaves a member out. What the interface's page does
 * not allow is refused, since the seller's server would only be right to refuse it.
 */
export function composeRequest(name: CallName, filled: Members): Composed {
  const { request } = calls[name];
  for (const member of Object.keys(filled)) {
    if (fixed.has(member)) return refuse(`"${member}" is set by the debugging page: leave it out`);
    if (!Object.hasOwn(request.shape, member)) {
      const known = Object.keys(request.shape).filter((one) => !fixed.has(one));
      return refuse(`the request of ${name} has no "${member}": its members are ${known.join(', ')}`);
    }
  }
  const members = present({ ...documentedRequest(name, filled['scene']), ...filled });
  const drawn = name === 'newInstance' && members['businessId'] === '' ? { businessId: 'drawn' } : {};
  const issue = request.safeParse({ ...members, ...drawn }).error?.issues[0];
  return issue === undefined ? { ok: true, members } : refuse(`"${issue.path.join('.')}" ${issue.message}`);
}

const refuse = (why: string): Composed => ({ ok: false, error: `The request cannot be composed: ${why}.` });

/** Without what the body would not hold; reads back what is written, so that a saved case equals the one that ran. */
function present(members: Members): Members {
  const read: unknown = JSON.parse(composeBody(members));
  return { ...Object(read) };
}
