import type { RunRefusal } from '../debugging/run.ts';
import { type KitRefusal, kitReasons } from '../kit/refusals.ts';
import type { ApplicationRefusal } from '../online-license/apply.ts';
import type { PaymentRefusal, PurchaseRefusal } from '../orders/buy.ts';
import type { CancellationRefusal } from '../orders/cancel-renewal.ts';
import type { RenewalRefusal } from '../orders/renew.ts';
import type { ConversionRefusal } from '../orders/to-formal.ts';
import type { UnsubscriptionRefusal } from '../orders/unsubscribe.ts';
import type { UpgradeRefusal } from '../orders/upgrade.ts';
import type { ClaimRefusal } from '../subscriptions/claim.ts';
import type { ViolationRefusal } from '../subscriptions/violation.ts';
import type { SupervisionRefusal } from '../supervision/decisions.ts';

/** Every reason for which the marketplace does not do what a control call asks. */
export type Refusal =
  | PurchaseRefusal
  | PaymentRefusal
  | ClaimRefusal
  | RenewalRefusal
  | CancellationRefusal
  | UnsubscriptionRefusal
  | ConversionRefusal
  | UpgradeRefusal
  | ViolationRefusal
  | RunRefusal
  | SupervisionRefusal
  | ApplicationRefusal
  | KitRefusal
  | 'unknown-test-code'
  | 'nothing-to-answer'
  | 'clock-moving'
  | 'clock-stands'
  | 'order-ended'
  | 'renewal-refused'
  | 'change-pending'
  | 'name-differs'
  | 'product-id-taken'
  | 'unknown-license'
  | 'unknown-instance'
  | 'unknown-order'
  | 'unknown-message'
  | 'unknown-customer'
  | 'unknown-listing'
  | 'unknown-product'
  | 'not-called-for'
  | 'unknown-supervision';

/** The status and the sentence for people: what, why, what to do. */
const reasons: Readonly<Record<Refusal, readonly [404 | 409 | 422, string]>> = {
  ...kitReasons,
  'unknown-license': [404, 'There is no such license: GET /control/licenses lists those that were sold.'],
  'unknown-instance': [404, 'There is no such instance: GET /control/instances lists those that were sold.'],
  'unknown-order': [404, 'There is no such order: its id was answered when it was placed.'],
  'unknown-message': [404, 'There is no such message: GET /control/messages lists them.'],
  'unknown-product': [404, 'There is no such product: GET /control/products lists what is sold.'],
  'unknown-customer': [404, 'There is no such customer: GET /control/customers lists them.'],
  'unknown-listing': [404, 'There is no such listing: GET /control/products names the listing of each product.'],
  'unknown-case': [404, 'There is no such case: GET /control/debugging/cases lists those that were saved.'],
  'unknown-supervision': [
    404,
    'No such order is supervised: only the purchase of a supervised product is, and GET /control/supervision lists them.',
  ],
  'other-node': [
    409,
    'Its supervision stands at another node: GET /control/supervision/{orderId} shows what can be done.',
  ],
  appealing: [
    409,
    'Its supervision is frozen by an appeal: POST /control/supervision/{orderId}/decide decides on it first.',
  ],
  'not-appealing': [409, 'There is no appeal to decide on: POST /control/supervision/{orderId}/appeal makes one.'],
  'supervision-over': [409, 'Its supervision is over, and with it the time in which it can be disputed or refunded.'],
  'no-opening-date': [422, 'A License code begins with its activation: leave "openingDate" out.'],
  'impossible-opening-date': [422, 'The service cannot have begun before the order or after now: give a day between.'],
  'not-called-for': [
    422,
    'The store makes no such calls for that kind of product: name a listing of another kind, or none.',
  ],
  'too-many-cases': [409, 'There are 200 saved cases, and each is probed twice a day: delete some first.'],
  'unknown-application': [
    404,
    'The instance has no such application: GET /control/instances/{id}/licenses lists those that were made.',
  ],
  'other-fingerprint': [
    422,
    'The application was made with another fingerprint, and the same application has the same one: leave "fingerprint" or "eventId" out.',
  ],
  'not-online': [409, 'Only an instance of an online License is applied for: buy such a product.'],
  'unknown-test-code': [404, 'There is no such test code: GET /control/test-codes lists them.'],
  'name-differs': [422, 'The body names another one than the path: give both the same name.'],
  'product-id-taken': [409, 'Another product has this productId: each period type of each specification has its own.'],
  released: [409, 'It is released, and that is final: buy a new one.'],
  unpaid: [409, 'Its order is not paid yet: POST /control/orders/{orderId}/pay or /cancel first.'],
  'nothing-to-pay': [409, 'The order waits for no payment: only one that was placed with "pay": false does.'],
  opening: [409, "The seller's server has not made the instance yet: look at its messages."],
  'not-a-license': [409, 'Only a License code is claimed.'],
  'already-claimed': [409, 'The buyer claimed the code already: it can be activated now.'],
  'awaiting-seller': [
    409,
    'An unsubscription of it waits for the seller: POST /control/orders/{orderId}/approve or /reject first.',
  ],
  claimed: [409, 'The buyer has claimed the code, and a claimed code is not refunded: unsubscribe before the claim.'],
  'past-validity': [409, 'It is past its validity, and what has expired is not refunded: unsubscribe before.'],
  'refund-over': [
    409,
    'It was opened more than five days ago, and only within five days an instance is refunded without a reason: cancel a renewal, or let it expire.',
  ],
  trial: [409, 'It is a trial, which is neither renewed nor refunded: make it formal, or let it expire.'],
  'no-trial': [409, 'The product has no trial: GET /control/products shows "trialDays" of those that have one.'],
  'no-trial-running': [409, 'It is no trial: only a trial becomes formal.'],
  'no-periods': [422, 'Only a purchase of a product paid by period takes several periods: leave "periods" out.'],
  'no-end': [409, 'It has no end, and only what has one is renewed.'],
  'not-on-sale': [409, 'Its listing is not on sale: PUT /control/listings/{listing}/sale puts it on sale again.'],
  'not-upgradable': [409, 'Only a formal SaaS subscription that is paid by period can be upgraded.'],
  'not-active': [409, 'It is expired or frozen: renew it first.'],
  'other-listing': [
    422,
    'The other product is of another listing or period type: an upgrade stays within the listing and its period type.',
  ],
  'nothing-changes': [422, 'An upgrade goes to a dearer product or a larger quantity, and this is neither.'],
  'change-pending': [
    409,
    "An upgrade of it waits for the seller's server, for three hours at most: GET /control/orders?subscription=… tells when it is over.",
  ],
  'renewal-refused': [
    409,
    "The seller's server refused the change check, so the renewal was not ordered: its messages tell why.",
  ],
  'already-frozen': [409, 'It is frozen for a violation already.'],
  'not-frozen': [409, 'It is not frozen for a violation: what has expired is unfrozen by a renewal.'],
  'no-renewal-ahead': [
    409,
    'There is no renewal whose period has not begun, and only such a one can be cancelled: renew before the expiry.',
  ],
  'too-late': [409, 'The expiry would lie behind the year 9998, where the marketplace ends: renew less often.'],
  'nothing-to-answer': [
    409,
    'The order waits for no word of the seller: only an unsubscription with manual approval does.',
  ],
  'clock-moving': [
    409,
    'The clock moves: wait until GET /control/clock answers "moving": null, or POST /control/clock/stop first.',
  ],
  'clock-stands': [409, 'The clock stands: there is no move to stop.'],
  'order-ended': [409, 'The order behind this call has failed and was unsubscribed: place a new one.'],
};

export function refusalAnswer(refusal: Refusal): {
  readonly status: 404 | 409 | 422;
  readonly body: { readonly error: string };
} {
  const [status, error] = reasons[refusal];
  return { status, body: { error } };
}

export const ok = <const Body>(body: Body): { readonly status: 200; readonly body: Body } => ({ status: 200, body });
