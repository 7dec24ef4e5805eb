import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomFillSync } from 'node:crypto';

/**
 * Seals credentials and personal data before they are stored (R27). `context` names what a value is and whose, such as
 * table, column and id; a value moved to another place does not open there. Text that is not well-formed Unicode is
 * kept as any database keeps it, with U+FFFD for a lone surrogate.
 */
export interface StorageCipher {
  /** Another result at every call. */
  seal(plaintext: string, context: string): Uint8Array;
  /** Throws `SealBroken`. */
  open(sealed: Uint8Array, context: string): string;
  /** A keyed digest, 64 hex digits, by which a row is found without its text being stored. The same for the same text and context. */
  lookup(text: string, context: string): string;
}

/** A sealed value that was changed, or sealed with another key or in another context. Says nothing of the content. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor() {
    super('a sealed value cannot be opened: it was changed, moved, or sealed with another storage key');
  }
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

/** A cipher of AES-256-GCM and HMAC-SHA256, each with a key of its own, both derived from the 32 bytes of `key`. */
export function storageCipher(key: Uint8Array): StorageCipher {
  // A key object once: with raw bytes node:crypto makes one at every call, which takes longer than the sealing.
  const derived = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `koobridge storage ${purpose}`, 32)));
  const nextNonce = nonces();
  const sealing = derived('seal');
  const finding = derived('lookup');
  return {
    seal(plaintext, context) {
      const nonce = nextNonce();
      const cipher = createCipheriv(algorithm, sealing, nonce).setAAD(associated(context));
      const sealed = [cipher.update(plaintext, 'utf8'), cipher.final()];
      return Buffer.concat([Buffer.of(version), nonce, ...sealed, cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const start = 1 + nonceBytes;
      const end = sealed.length - tagBytes;
      if (end < start || sealed[0] !== version) throw new SealBroken();
      const decipher = createDecipheriv(algorithm, sealing, sealed.subarray(1, start), { authTagLength: tagBytes })
        .setAAD(associated(context))
        .setAuthTag(sealed.subarray(end));
      const opened = decipher.update(sealed.subarray(start, end));
      try {
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
      } catch {
        throw new SealBroken();
      }
    },
    lookup(text, context) {
      // A key for each context: nothing that is put together from the two can be mistaken for another pair.
      const ofContext = createHmac('sha256', finding).update(context).digest();
      return createHmac('sha256', ofContext).update(text).digest('hex');
    },
  };
}

/** Random nonces, each given once, drawn many at a time because each draw costs more than a nonce. */
function nonces(): () => Uint8Array {
  const drawn = Buffer.alloc(nonceBytes * 256);
  let at = drawn.length;
  return () => {
    if (at === drawn.length) {
      randomFillSync(drawn);
      at = 0;
    }
    at += nonceBytes;
    return Uint8Array.from(drawn.subarray(at - nonceBytes, at));
  };
}

/** The version is covered too, so that a value cannot be passed off as one of another form. */
const associated = (context: string): Buffer => Buffer.concat([Buffer.of(version), Buffer.from(context)]);
