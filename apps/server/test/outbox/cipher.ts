import { randomBytes } from 'node:crypto';
import { storageCipher } from '../../src/storage/cipher.ts';

/** A cipher with a key of its own. */
export const newCipher = () => storageCipher(randomBytes(32));
