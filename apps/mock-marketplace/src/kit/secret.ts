import { constants, createHash, publicEncrypt, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Application } from './application.ts';

/**
 * Secrets, passwords, codes and tokens come from the system's randomness, never from the seed, and are kept as digests:
 * 192 random bits need no slow one.
 */
export const newSecret = (): string => randomBytes(24).toString('base64url');

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Whether a secret is the one behind a digest. */
export const fits = (secret: string, digest: string): boolean =>
  timingSafeEqual(Buffer.from(digestOf(secret)), Buffer.from(digest));

/** A client secret as `applicationSync` carries it: RSA-OAEP with the seller's public key, in base64 (R26). */
export function encryptSecret({ publicKey, oaepHash }: Application, secret: string): string {
  const key = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: oaepHash.replace('-', '') };
  return publicEncrypt(key, Buffer.from(secret)).toString('base64');
}
