import { createHmac, hash } from 'node:crypto';

const blockLength = 64;
const digestLength = 32;
/** Above so many bytes the copy costs more than a stream. */
const copied = 16 * 1024;

/**
 * HMAC-SHA256 (RFC 2104) in lower-case hex, out of two one-shot digests: for bodies as small as the store's that takes
 * two thirds of the time of `createHmac`, which sets up a stream each time. Texts are taken in UTF-8. Long messages are
 * digested where they are.
 */
export function hmacSha256Hex(key: string, message: string | Uint8Array): string {
  const length = typeof message === 'string' ? Buffer.byteLength(message) : message.length;
  if (length > copied) return createHmac('sha256', key).update(message).digest('hex');
  const inner = Buffer.allocUnsafe(blockLength + length);
  const outer = Buffer.allocUnsafe(blockLength + digestLength);
  outer.fill(0, 0, blockLength);
  if (Buffer.byteLength(key) > blockLength) outer.write(hash('sha256', key, 'binary'), 'latin1');
  else outer.write(key);
  for (let at = 0; at < blockLength; at += 1) {
    const byte = outer[at] ?? 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  if (typeof message === 'string') inner.write(message, blockLength);
  else inner.set(message, blockLength);
  outer.write(hash('sha256', inner, 'binary'), blockLength, 'latin1');
  const digest = hash('sha256', outer, 'hex');
  // The memory goes back to a pool that others take from unwiped.
  inner.fill(0);
  outer.fill(0);
  return digest;
}
