import fc from 'fast-check';
import { signToken, type TokenToVerify, tokenQuery } from '../../src/index.ts';

/** A request that verifies, and the pieces it is made of. Tests change one piece at a time. */
export const accessKey = 'test-access-key-0123456789';
export const now = 1_750_000_000_123;
export const nonce = 'nonceABC123def456';
export const body = '{"activity":"releaseLicenseCode","license":"PL000001"}';

interface Changes {
  readonly accessKey?: string;
  readonly nonce?: string;
  readonly timestamp?: number;
  readonly body?: string | Uint8Array;
}

/** A signed request as a receiver with the right key and clock takes it. */
export function signedRequest(changes: Changes = {}): TokenToVerify {
  const pieces = { accessKey, nonce, body, timestamp: now, ...changes };
  return {
    query: tokenQuery(signToken(pieces)),
    body: Buffer.from(pieces.body),
    keys: [{ id: 'current', secret: pieces.accessKey }],
    now,
  };
}

export const anyNonce = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 128,
});

/** Any UTF-16 text, lone surrogates included. */
export const anyUnits = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units));

const anyCodePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0x80, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);
/** Any text that UTF-8 can carry. fast-check's own takes a second to set up, in each file that uses it. */
export const anyText = (minLength = 0) =>
  fc.array(anyCodePoint, { minLength, maxLength: 12 }).map((points) => String.fromCodePoint(...points));

/** Queries from nonsense to almost right. */
export const anyQuery = fc.oneof(
  fc.string(),
  anyUnits(200),
  fc
    .array(
      fc.oneof(
        fc.constantFrom('signature', 'timestamp', 'nonce', '=', '&', '%', '%zz', '%00', '+', '×tamp', `${now}`, nonce),
        fc.constant('a'.repeat(64)),
        anyUnits(5),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(anyUnits(70), anyUnits(15), anyUnits(20))
    .map(([signature, timestamp, text]) => `signature=${signature}&timestamp=${timestamp}&nonce=${text}`),
  fc
    .tuple(fc.stringMatching(/^[0-9a-fA-F]{64}$/), fc.integer({ min: now - 70_000, max: now + 70_000 }), anyNonce)
    .map(([signature, timestamp, text]) => tokenQuery({ signature, timestamp: `${timestamp}`, nonce: text })),
);
