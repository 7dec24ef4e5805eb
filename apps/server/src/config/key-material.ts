import { createPrivateKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

/** The secrets whose form is checked at start. No message quotes what was given. */

/** 32 bytes in base64 or base64url, with or without its padding (R27). */
export const StorageKey = z
  .string()
  .regex(
    /^([A-Za-z0-9+/]{43}|[A-Za-z0-9_-]{43})=?$/,
    'must be 32 bytes in base64; "openssl rand -base64 32" makes such a key',
  )
  // node:buffer reads either alphabet as base64.
  .transform((text): Uint8Array => Buffer.from(text, 'base64'));

/** Below this, RSA is no longer taken for safe. */
const leastModulusBits = 2_048;

/** The private half of the key pair whose public key the seller uploaded (R26). */
export const KitPrivateKey = z.string().transform((pem, context): KeyObject => {
  const key = privateKey(pem);
  if (key?.asymmetricKeyType === 'rsa' && modulusBits(key) >= leastModulusBits) return key;
  const message = `must be the PEM of an RSA private key without a passphrase, of at least ${leastModulusBits} bits`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const modulusBits = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

function privateKey(pem: string): KeyObject | undefined {
  try {
    // Files of variables and container platforms often keep a PEM on one line, with \n for its line ends.
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    return undefined;
  }
}

const webhookSecretPrefix = 'whsec_';

/** As Standard Webhooks wants it: 24 to 64 random bytes in base64, with a prefix that tells what it is. */
export const EventsSecret = z
  .string()
  .refine(isWebhookSecret, 'must be whsec_ and 24 to 64 bytes in base64, as after "openssl rand -base64 32"');

function isWebhookSecret(secret: string): boolean {
  const text = secret.slice(webhookSecretPrefix.length);
  const bytes = Buffer.from(text, 'base64');
  const isBase64 = bytes.toString('base64') === text;
  return secret.startsWith(webhookSecretPrefix) && isBase64 && bytes.length >= 24 && bytes.length <= 64;
}
