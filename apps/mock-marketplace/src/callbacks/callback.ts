import type { CallName } from './calls.ts';
import type { MessagePurpose } from './message.ts';
import type { RetryPlanName } from './retry.ts';

/** A call the store has decided to make, before it is signed. */
export interface Callback {
  readonly activity: CallName;
  /** What it is about: the id of a subscription, of an application credential, or of a saved case. */
  readonly subject: string;
  readonly license: string | null;
  /** As far as it is known when the call is decided. */
  readonly instanceId: string | null;
  /** What is ordered within the activity: a scene, FREEZE and UNFREEZE, or what the flag of a Kit call says. */
  readonly command: string | null;
  /** The order that caused the call, where one did. */
  readonly orderId: string | null;
  /** The body to sign and to send, compact and alphabetical (R4). */
  readonly body: string;
  readonly plan: RetryPlanName;
  /** `ORDER` where it is not told. */
  readonly purpose?: MessagePurpose;
}
