import { createHmac, hash } from 'node:crypto';

const blockLength = 64;
const digestLength = 32;
/** Above so many bytes the copy costs more than a stream. */
const copied = 16 * 1024;

const innerPad = 0x36;
const outerPad = 0x5c;
/** What the two digests are taken of; between calls they hold nothing but the pads. */
const inner = Buffer.alloc(blockLength + copied, innerPad);
const outer = Buffer.alloc(blockLength + digestLength, outerPad);

/**
 * HMAC-SHA256 (RFC 2104) in lower-case hex, out of two one-shot digests: for bodies as small as the store's that takes
 * two thirds of the time of `createHmac`, which sets up a stream each time. Texts are taken in UTF-8. Long messages are
 * digested where they are.
 */
export function hmacSha256Hex(key: string, message: string | Uint8Array): string {
  const length = typeof message === 'string' ? Buffer.byteLength(message) : message.length;
  if (length > copied) return createHmac('sha256', key).update(message).digest('hex');
  const isLong = Buffer.byteLength(key) > blockLength;
  const keyLength = isLong ? outer.write(hash('sha256', key, 'binary'), 'latin1') : outer.write(key);
  for (let at = 0; at < keyLength; at += 1) {
    const byte = outer[at] ?? 0;
    inner[at] = byte ^ innerPad;
    outer[at] = byte ^ outerPad;
  }
  if (typeof message === 'string') inner.write(message, blockLength);
  else inner.set(message, blockLength);
  outer.write(hash('sha256', inner.subarray(0, blockLength + length), 'binary'), blockLength, 'latin1');
  const digest = hash('sha256', outer, 'hex');
  inner.fill(innerPad, 0, blockLength + length);
  outer.fill(outerPad);
  return digest;
}
