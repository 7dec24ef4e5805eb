import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';

/** An RSA key of the length that the store asks for, as a seller would make one; it takes a moment, so once a file. */
export function kitKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    /** As the store encrypts a secret. */
    encrypt: (text: string | Uint8Array, oaepHash: 'sha256' | 'sha1' = 'sha256'): string =>
      publicEncrypt(
        { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
        Buffer.from(text),
      ).toString('base64'),
  };
}
