import { signatureBytes, verifyToken } from '@koobridge/contracts';
import { type Delivery, type Scheme, verificationBy } from './scheme.ts';

/** The query that carries a delivery's token. */
export function queryOf({ signatures, timestamp, id }: Delivery): string {
  const pairs: [string, string | undefined][] = [
    ...signatures.map((signature): [string, string] =>
      signature.startsWith(otherName) ? ['Signature', signature.slice(otherName.length)] : ['signature', signature],
    ),
    ['timestamp', timestamp],
    ['nonce', id],
  ];
  return pairs
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&');
}

const otherName = 'Signature=';

/** The store's token, as packages/contracts verifies it (R1–R7). */
export const koobridge = (secret: string): Scheme => ({
  name: 'koobridge',
  hasTimestamp: true,
  hasId: true,
  takesSeveral: false,
  windowMs: 60_000,
  unitMs: 1,
  sign: ({ body, timestamp, id }, key = secret) => hex(signatureBytes(key, id, timestamp, body)),
  spell: hex,
  misspell: (digest) => Buffer.from(digest).toString('base64'),
  mislabel: (signature) => otherName + signature,
  verification: (delivery, now) => {
    const request = { query: queryOf(delivery), body: delivery.body, keys: [{ id: 'only', secret }], now };
    return verificationBy(
      () => {
        const verification = verifyToken(request);
        return verification.ok ? undefined : { refused: verification.refusal };
      },
      () => false,
    );
  },
});

function hex(digest: Uint8Array): string {
  return Buffer.from(digest).toString('hex');
}
