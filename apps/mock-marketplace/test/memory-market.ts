import { silent } from '../src/callbacks/output.ts';
import type { Sender } from '../src/callbacks/send.ts';
import { callSigner } from '../src/callbacks/sign-call.ts';
import { openRecords } from '../src/database/records.ts';
import { drawFrom } from '../src/draw.ts';
import { type Marketplace, marketplace } from '../src/marketplace.ts';
import { sellerKeys } from './stub-seller.ts';

/** A marketplace without HTTP, its clock at `start`: the sender is the test's, everything else is real. */
export function memoryMarket(start: number, send: Sender): Marketplace {
  const records = openRecords(':memory:', start, 'a seed', 'calm');
  return marketplace({
    records,
    sign: callSigner('http://seller.invalid/production', sellerKeys, Date.now),
    send,
    output: silent,
    moments: { LICENSE_CODE: 'grace', SAAS: 'expiry', ONLINE_LICENSE: 'expiry' },
    draw: drawFrom(records.seed),
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
