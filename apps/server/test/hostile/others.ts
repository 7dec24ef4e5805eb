import { createHmac } from 'node:crypto';
import { verify } from '@octokit/webhooks-methods';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import Stripe from 'stripe';
import { type Scheme, verificationBy } from './scheme.ts';

const hmac = (secret: string, ...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHmac('sha256', secret);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const stripeClient = new Stripe('sk_of_no_account');

/** Stripe signs `timestamp.body` and sends `t=…,v1=…` in one header. */
export const stripe = (secret: string): Scheme => ({
  name: 'stripe',
  hasTimestamp: true,
  hasId: false,
  takesSeveral: true,
  windowMs: 300_000,
  unitMs: 1_000,
  sign: ({ body, timestamp }, key = secret) => hmac(key, `${timestamp}.`, body).toString('hex'),
  spell: (digest) => Buffer.from(digest).toString('hex'),
  misspell: (digest) => Buffer.from(digest).toString('base64'),
  mislabel: (signature) => `v0=${signature}`,
  verification: ({ body, timestamp, signatures }, now) => {
    const parts = [
      ...(timestamp === undefined ? [] : [`t=${timestamp}`]),
      ...signatures.map((signature) => (signature.startsWith('v0=') ? signature : `v1=${signature}`)),
    ];
    const header = parts.join(',');
    return verificationBy(
      () => {
        stripeClient.webhooks.constructEvent(asBuffer(body), header, secret, undefined, undefined, now);
        return undefined;
      },
      (error) => error instanceof Stripe.errors.StripeSignatureVerificationError,
    );
  },
});

/** Standard Webhooks sign `id.timestamp.body` and send three headers. The library reads the process's clock. */
export const standardWebhooks = (secret: string): Scheme => {
  const webhook = new Webhook(secret, { format: 'raw' });
  return {
    name: 'standardwebhooks',
    hasTimestamp: true,
    hasId: true,
    takesSeveral: true,
    windowMs: 300_000,
    unitMs: 1_000,
    sign: ({ body, timestamp, id }, key = secret) => `v1,${hmac(key, `${id}.${timestamp}.`, body).toString('base64')}`,
    spell: (digest) => `v1,${Buffer.from(digest).toString('base64')}`,
    misspell: (digest) => `v1,${Buffer.from(digest).toString('hex')}`,
    mislabel: (signature) => signature.replace('v1,', 'v0,'),
    verification: ({ body, timestamp, id, signatures }) => {
      const headers: Record<string, string> = {};
      if (id !== undefined) headers['webhook-id'] = id;
      if (timestamp !== undefined) headers['webhook-timestamp'] = timestamp;
      if (signatures.length > 0) headers['webhook-signature'] = signatures.join(' ');
      return verificationBy(
        () => {
          webhook.verify(asBuffer(body), headers);
          return undefined;
        },
        (error) => error instanceof WebhookVerificationError,
      );
    },
  };
};

/** GitHub signs the body alone. The library takes text only, which its callers decode. */
export const octokit = (secret: string): Scheme => ({
  name: 'octokit',
  hasTimestamp: false,
  hasId: false,
  takesSeveral: false,
  windowMs: 0,
  unitMs: 1,
  sign: ({ body }, key = secret) => `sha256=${hmac(key, body).toString('hex')}`,
  spell: (digest) => `sha256=${Buffer.from(digest).toString('hex')}`,
  misspell: (digest) => `sha256=${Buffer.from(digest).toString('base64')}`,
  mislabel: (signature) => signature.replace('sha256=', 'sha1='),
  verification: ({ body, signatures }) => {
    const text = Buffer.from(body).toString();
    const header = signatures.join(', ');
    return verificationBy(
      async () => ((await verify(secret, text, header)) ? undefined : { refused: 'false' }),
      () => false,
    );
  },
});

/** Both libraries ask for a Buffer by their types. All bodies are Buffers but one, which is to show what they make of plain bytes. */
const asBuffer = (body: Uint8Array): Buffer => body as Buffer;
