import { createHmac } from 'node:crypto';

/**
 * Everything that looks random is drawn from the seed and a key that names what it is for, never from the order of the
 * draws: the same seed and the same control calls give the same history of every subject, however its calls interleave
 * with those of others.
 */
export interface Draw {
  /** `length` characters of upper-case letters and digits. */
  text(length: number, key: string): string;
  /** A number from 0 up to, but not including, 1. */
  chance(key: string): number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export function drawFrom(seed: () => string): Draw {
  const bytes = (key: string): Buffer => createHmac('sha512', seed()).update(key).digest();
  return {
    text: (length, key) => {
      let characters = '';
      for (let block = 0; characters.length < length; block += 1) {
        for (const byte of bytes(`${block}:${key}`)) characters += alphabet.charAt(byte % alphabet.length);
      }
      return characters.slice(0, length);
    },
    chance: (key) => bytes(key).readUIntBE(0, 6) / 2 ** 48,
  };
}
