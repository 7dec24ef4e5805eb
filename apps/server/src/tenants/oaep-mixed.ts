import { constants, createHash, type KeyObject, privateDecrypt } from 'node:crypto';

/**
 * Decrypts RSA-OAEP whose label is hashed with SHA-256 and whose mask is made with SHA-1: what Java means by
 * `OAEPWithSHA-256AndMGF1Padding` as long as nobody says otherwise, and what `node:crypto` cannot be told, because it
 * takes one hash for both. RFC 8017, 7.1.2, with an empty label. Throws where the padding is another.
 */
export function decryptMixedOaep(key: KeyObject, ciphertext: Uint8Array): Buffer {
  const encoded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext);
  const maskedData = encoded.subarray(1 + labelHash.length);
  const seed = xor(encoded.subarray(1, 1 + labelHash.length), mask(maskedData, labelHash.length));
  const data = xor(maskedData, mask(seed, maskedData.length));
  const mark = data.findIndex((byte, at) => at >= labelHash.length && byte !== 0);
  const isOaep = encoded[0] === 0 && data.subarray(0, labelHash.length).equals(labelHash) && data[mark] === 1;
  if (!isOaep) throw new RangeError('the padding is not that of OAEP with SHA-256 and a mask of SHA-1');
  return data.subarray(mark + 1);
}

const labelHash = createHash('sha256').digest();

/** MGF1 with SHA-1. */
function mask(seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; counter * 20 < length; counter += 1) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    blocks.push(createHash('sha1').update(seed).update(number).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const xor = (left: Uint8Array, right: Uint8Array): Buffer =>
  Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)));
