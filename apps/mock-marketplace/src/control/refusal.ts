import type { ClaimRefusal } from '../licenses/claim.ts';
import type { CancellationRefusal } from '../orders/cancel-renewal.ts';
import type { RenewalRefusal } from '../orders/renew.ts';
import type { UnsubscriptionRefusal } from '../orders/unsubscribe.ts';

/** Every reason for which the marketplace does not do what a control call asks. */
export type Refusal =
  | ClaimRefusal
  | RenewalRefusal
  | CancellationRefusal
  | UnsubscriptionRefusal
  | 'nothing-to-answer'
  | 'unknown-license'
  | 'unknown-order'
  | 'unknown-message'
  | 'unknown-product';

/** The status and the sentence for people: what, why, what to do. */
const reasons: Readonly<Record<Refusal, readonly [404 | 409, string]>> = {
  'unknown-license': [404, 'There is no such license: GET /control/licenses lists those that were sold.'],
  'unknown-order': [404, 'There is no such order: its id was answered when it was placed.'],
  'unknown-message': [404, 'There is no such message: GET /control/messages lists them.'],
  'unknown-product': [404, 'There is no such product: GET /control/products lists what is sold.'],
  released: [409, 'The code is released, and that is final: buy a new one.'],
  'already-claimed': [409, 'The buyer claimed the code already: it can be activated now.'],
  'awaiting-seller': [
    409,
    'An unsubscription of this code waits for the seller: POST /control/orders/{orderId}/approve or /reject first.',
  ],
  claimed: [409, 'The buyer has claimed the code, and a claimed code is not refunded: unsubscribe before the claim.'],
  'past-validity': [409, 'The code is past its validity, and what has expired is not refunded: unsubscribe before.'],
  'no-renewal-ahead': [
    409,
    'There is no renewal whose period has not begun, and only such a one can be cancelled: renew before the expiry.',
  ],
  'too-late': [409, 'The expiry would lie behind the year 9998, where the marketplace ends: renew less often.'],
  'nothing-to-answer': [
    409,
    'The order waits for no word of the seller: only an unsubscription with manual approval does.',
  ],
};

export function refusalAnswer(refusal: Refusal): {
  readonly status: 404 | 409;
  readonly body: { readonly error: string };
} {
  const [status, error] = reasons[refusal];
  return { status, body: { error } };
}
