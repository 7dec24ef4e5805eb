import { composeBody } from '@koobridge/contracts';
import { type CallName, calls } from '../callbacks/calls.ts';
import type { Members } from './case.ts';
import { documentedRequest } from './documented-request.ts';

export type Composed =
  | { readonly ok: true; readonly members: Members }
  /** A sentence: what, why, what to do. */
  | { readonly ok: false; readonly error: string };

/** Characters of the longest body: a case is kept, and so are two weeks of its probes. */
const longestBody = 16_384;

/** Levels of lists and objects inside a member; the documented requests have two. */
const deepest = 16;

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
      return refuse(`the request of ${name} has no "${member.slice(0, 64)}": its members are ${known.join(', ')}`);
    }
  }
  if (isDeeperThan(deepest, filled)) return refuse(`its members are nested more than ${deepest} levels deep`);
  const body = composeBody({ ...documentedRequest(name, filled['scene']), ...filled });
  if (body.length > longestBody) return refuse(`the body has more than ${longestBody} characters: make it shorter`);
  const members = read(body);
  const drawn = name === 'newInstance' && members['businessId'] === '' ? { businessId: 'drawn' } : {};
  const issue = request.safeParse({ ...members, ...drawn }).error?.issues[0];
  return issue === undefined ? { ok: true, members } : refuse(`"${issue.path.join('.')}" ${issue.message}`);
}

const refuse = (why: string): Composed => ({ ok: false, error: `The request cannot be composed: ${why}.` });

/** As the body holds them, so that a saved case equals the one that ran. */
const read = (body: string): Members => ({ ...Object(JSON.parse(body)) });

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));
