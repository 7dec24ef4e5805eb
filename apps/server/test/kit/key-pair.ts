import { constants, createHash, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';

/** An RSA key of the length that the store asks for, as a seller would make one; it takes a moment, so once a file. */
export function kitKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  /** RFC 8017, 7.1.1, with SHA-256 for the label and SHA-1 for the mask, as Java has it unless it is told otherwise. */
  const encryptLikeJava = (text: string, labelHash = createHash('sha256').digest()): string => {
    const message = Buffer.from(text);
    const zeros = Buffer.alloc(384 - message.length - 2 * 32 - 2);
    const data = Buffer.concat([labelHash, zeros, Buffer.of(1), message]);
    const seed = randomBytes(32);
    const maskedData = xor(data, mgf1(seed, data.length));
    const encoded = Buffer.concat([Buffer.of(0), xor(seed, mgf1(maskedData, seed.length)), maskedData]);
    return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, encoded).toString('base64');
  };
  return {
    encryptLikeJava,
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    /** As the store encrypts a secret. */
    encrypt: (text: string | Uint8Array, oaepHash: 'sha256' | 'sha1' = 'sha256'): string =>
      publicEncrypt(
        { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
        Buffer.from(text),
      ).toString('base64'),
  };
}

const xor = (left: Buffer, right: Buffer): Buffer => Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)));

function mgf1(seed: Buffer, length: number): Buffer {
  const block = (counter: number) =>
    createHash('sha1')
      .update(seed)
      .update(Buffer.of(0, 0, 0, counter))
      .digest();
  return Buffer.concat(Array.from({ length: Math.ceil(length / 20) }, (_, counter) => block(counter))).subarray(
    0,
    length,
  );
}
