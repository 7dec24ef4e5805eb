import { composeBody } from '@koobridge/contracts';
import type { Callback } from '../callbacks/callback.ts';
import type { CaseDraft } from './case.ts';

/** The call of a case, made once while somebody or something waits for the answer. */
export function caseCallback(draft: CaseDraft, purpose: 'DEBUGGING' | 'PROBE'): Callback {
  const { id, interface: activity, members } = draft;
  return {
    activity,
    subject: id,
    license: text(members['license']),
    instanceId: text(members['instanceId']),
    command: text(members['scene'] ?? members['status']),
    orderId: null,
    body: composeBody(members),
    plan: 'once',
    purpose,
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
