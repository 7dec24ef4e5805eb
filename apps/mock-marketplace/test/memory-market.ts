import { silent } from '../src/callbacks/output.ts';
import type { Sender } from '../src/callbacks/send.ts';
import { callSigner } from '../src/callbacks/sign-call.ts';
import { openRecords } from '../src/database/records.ts';
import { type Marketplace, marketplace } from '../src/marketplace.ts';
import { drawAtRandom } from '../src/orders/ids.ts';
import { licenseKey } from './stub-seller.ts';

/** A marketplace without HTTP, its clock at `start`: the sender is the test's, everything else is real. */
export function memoryMarket(start: number, send: Sender): Marketplace {
  const keys = { base: [], license: [licenseKey], kit: [], general: [], v1: [] };
  return marketplace({
    records: openRecords(':memory:', start),
    sign: callSigner('http://seller.invalid/production', keys, Date.now),
    send,
    output: silent,
    moment: 'grace',
    draw: drawAtRandom,
    realNow: Date.now,
    stopping: new AbortController().signal,
  });
}

/** What a seller's server answers that takes the call, or does not. */
export const answering =
  (takes: () => boolean): Sender =>
  async () => ({
    kind: 'answered',
    status: 200,
    contentType: 'application/json',
    body: new TextEncoder().encode(`{"resultCode":"${takes() ? '000000' : '000005'}","resultMsg":""}`),
  });
