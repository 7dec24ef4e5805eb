import { type ActivationError, activate } from '../subscriptions/activate.ts';
import type { Change } from '../subscriptions/change.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Supervision } from '../supervision/supervision.ts';

export type BatchActivation =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly refusal: Extract<ActivationError, '92020002'> | '92020020' };

/**
 * Activates all codes of a batch or none: one bad code, a repeated one among them, refuses the batch with 92020020
 * (`accessg-marketplace/zh-cn_topic_0070649244`); only the time, which is common to all, is refused as itself.
 */
export function activateAll(
  codes: readonly string[],
  find: (code: string) => Subscription | undefined,
  effectTime: number | undefined,
  now: number,
  supervisionOf: (code: string) => Supervision | undefined,
): BatchActivation {
  const changes = new Map<string, Change>();
  for (const code of codes) {
    const license = changes.get(code)?.subscription ?? find(code);
    if (license === undefined) return { ok: false, refusal: '92020020' };
    const decision = activate(license, effectTime, now, supervisionOf(code));
    if (!decision.ok) return { ok: false, refusal: decision.refusal === '92020002' ? '92020002' : '92020020' };
    changes.set(code, decision.change);
  }
  return { ok: true, changes: [...changes.values()] };
}
