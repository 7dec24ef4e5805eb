import { changeStatus } from '../callbacks/subscription-calls.ts';
import { type Decision, decided, refused } from './change.ts';
import { type NotThere, type Subscription, whyNotThere } from './subscription.ts';

export type ViolationRefusal = NotThere | 'already-frozen' | 'not-frozen';

/** The store freezes what breaks its rules (违规). Beside an expiry that froze it already, nothing is sent. */
export function freezeForViolation(subscription: Subscription): Decision<ViolationRefusal> {
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return refused(missing);
  if (subscription.violation) return refused('already-frozen');
  const frozen: Subscription = { ...subscription, violation: true };
  return decided({
    subscription: frozen,
    callbacks: subscription.phase === 'ACTIVE' ? [changeStatus(frozen, 'FREEZE')] : [],
  });
}

/** The violation is lifted; what has expired meanwhile stays frozen. */
export function liftViolation(subscription: Subscription): Decision<ViolationRefusal> {
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return refused(missing);
  if (!subscription.violation) return refused('not-frozen');
  const lifted: Subscription = { ...subscription, violation: false };
  return decided({
    subscription: lifted,
    callbacks: subscription.phase === 'ACTIVE' ? [changeStatus(lifted, 'UNFREEZE')] : [],
  });
}
