import { createHmac } from 'node:crypto';
import { composeBody, signToken, tokenQuery, verifyToken } from '@koobridge/contracts';
import Stripe from 'stripe';
import type { Verification } from './verification.ts';

/**
 * Verifying one callback token beside stripe-node's `constructEvent`, which computes one HMAC where the token needs two:
 * the same body, one key, alternating rounds in one process. Prints microseconds per call as JSON.
 */
const rounds = 15;
const perRound = process.argv[2] === 'quick' ? 1_000 : 20_000;
const secret = 'whsec_a-key-of-no-account-0123456789';

const bare = {
  activity: 'refreshInstance',
  expireTime: '20300101000000',
  instanceId: '0123456789abcdef0123456789abcdef',
  orderId: 'CS2211181819B4LVS',
  orderLineId: 'CS2211181819B4LVS-000001',
  productId: 'P',
  scene: 'RENEWAL',
  testFlag: '0',
};
const bytes = 230;
const missing = bytes - Buffer.byteLength(composeBody(bare));
const body = Buffer.from(composeBody({ ...bare, productId: 'P'.repeat(1 + missing) }));
if (body.length !== bytes) throw new Error(`the body has ${body.length} bytes, not ${bytes}`);

const now = Date.now();
const query = tokenQuery(
  signToken({ accessKey: secret, body, timestamp: now, nonce: 'Of4lsV7H1qrzVDI52O5CFk2ofPcZRaA6' }),
);
const keys = [{ id: 'only', secret }];
const stripe = new Stripe('sk_of_no_account');
const seconds = Math.floor(now / 1000);
const header = `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
const tolerance = 24 * 60 * 60;

function token(): void {
  if (!verifyToken({ query, body, keys, now }).ok) throw new Error('the token does not verify');
}

function event(): void {
  if (stripe.webhooks.constructEvent(body, header, secret, tolerance) === undefined) throw new Error('no event');
}

function microseconds(work: () => void): number {
  const begun = process.hrtime.bigint();
  for (let done = 0; done < perRound; done += 1) work();
  return Number(process.hrtime.bigint() - begun) / 1000 / perRound;
}

const ours: number[] = [];
const theirs: number[] = [];
for (const work of [token, event]) microseconds(work);
for (let round = 0; round < rounds; round += 1) {
  // The order turns each round, so that neither always runs on the warmer machine.
  if (round % 2 === 0) ours.push(microseconds(token));
  theirs.push(microseconds(event));
  if (round % 2 === 1) ours.push(microseconds(token));
}

console.log(JSON.stringify({ token: ours, stripe: theirs } satisfies Verification));
