import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { type KitRequest, type Result, result, resultCode } from '@koobridge/contracts';
import { decryptMixedOaep } from './oaep-mixed.ts';

type Decrypt = (key: KeyObject, ciphertext: Uint8Array) => Buffer;

const oaepWith =
  (oaepHash: string): Decrypt =>
  (key, ciphertext) =>
    privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);

/** Java's own reading of SHA-256 comes last: it is SHA-256 in part. */
const paddings: readonly Decrypt[] = [oaepWith('sha256'), oaepWith('sha1'), decryptMixedOaep];
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decrypts the `clientSecret` of an `applicationSync`: base64 of RSA-OAEP, whose hash no page names; SHA-256 is tried,
 * then SHA-1 (R26), then SHA-256 with a mask of SHA-1. Undefined where none gives a text. Only to be called for a body
 * whose signature was verified.
 */
export function decryptClientSecret(encrypted: string, key: KeyObject): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  for (const decrypt of paddings) {
    try {
      return utf8.decode(decrypt(key, bytes));
    } catch {
      // The next padding may be the one it was encrypted with.
    }
  }
  return undefined;
}

/** Opens the secret of an `applicationSync`, or says why it stays shut. */
export const secretOpener =
  (key: KeyObject | undefined) =>
  (request: KitRequest<'applicationSync'>): KitRequest<'applicationSync'> | Result => {
    if (key === undefined)
      return result(resultCode.internalError, 'The server has no KIT_PRIVATE_KEY to open clientSecret with.');
    const clientSecret = decryptClientSecret(request.clientSecret, key);
    if (clientSecret !== undefined) return { ...request, clientSecret };
    const message =
      'clientSecret: it does not open with the private key of the seller; was another public key uploaded?';
    return result(resultCode.invalidParameter, message);
  };
