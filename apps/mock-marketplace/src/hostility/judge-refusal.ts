import { resultCode } from '@koobridge/contracts';
import type { Verdict } from '../callbacks/judge.ts';
import type { Attack } from './profile.ts';

const refusing: ReadonlySet<string | null> = new Set([resultCode.authenticationFailed, resultCode.invalidParameter]);

const why: Readonly<Record<Attack, string>> = {
  replayed: 'it was sent before with the same nonce: remember nonces and refuse a second use (R3)',
  stale: 'its timestamp is two minutes old: refuse what is more than 60 s away from now (R2)',
  'from-the-future':
    'its timestamp is two minutes ahead: refuse what is more than 60 s away from now, on both sides (R2)',
  'wrong-key': 'it was signed with a key that nobody was given: compare the signature with your own (R1)',
  'altered-body': 'its body is not the one that was signed: compute the signature over the body received (R1, R4)',
  'altered-signature': 'its signature is a wrong one: compare all of it (R1)',
  'no-token': 'it carries no token: refuse a call without signature, timestamp or nonce (R7)',
};

/** What is wrong with the answer to a call that must be refused, with 000001 or 000002 (R7); `undefined` if nothing is. */
export function wrongRefusal(attack: Attack, verdict: Verdict): string | undefined {
  if (verdict.succeeded) return `A call was taken although ${why[attack]}.`;
  if (verdict.rule === 'result-code') {
    return refusing.has(verdict.resultCode)
      ? undefined
      : `A call that must be refused with 000001 or 000002 was answered "${verdict.resultCode}", although ${why[attack]}.`;
  }
  return `A call that must be refused got no proper refusal (HTTP 200, JSON, 000001 or 000002): ${verdict.reason}`;
}

/** Of a call with a spent token, the refusal is the success (R3). */
export function judgeReplay(verdict: Verdict): Verdict {
  const reason = wrongRefusal('replayed', verdict);
  const { resultCode: code } = verdict;
  return reason === undefined
    ? { succeeded: true, resultCode: code ?? '', members: {} }
    : { succeeded: false, rule: 'result-code', reason, resultCode: code };
}
