import { randomBytes } from 'node:crypto';
import type { AccessKey, KeyRings } from '@koobridge/contracts';

/** A secret that occurs nowhere by chance, so that a search for it finds a leak. */
export const secret = (): string => randomBytes(24).toString('base64url');

/** 32 bytes in base64, as the server wants them to encrypt what it keeps (R27). */
export const storageKey = (): string => randomBytes(32).toString('base64');

export const newKey = (id: string): AccessKey => ({ id, secret: secret() });

/** Key rings with one key in each class, and others where they are given. */
export const keyRings = (given: Partial<KeyRings> = {}): KeyRings => ({
  base: [newKey('base-1')],
  license: [newKey('license-1')],
  kit: [newKey('kit-1')],
  general: [newKey('general-1')],
  v1: [newKey('v1-1')],
  ...given,
});

/** The variables the server cannot start without. */
export const credentials = (given?: Partial<KeyRings>) => ({
  KOOBRIDGE_KEYS: JSON.stringify(keyRings(given)),
  KOOBRIDGE_ADMIN_TOKEN: secret(),
  STORAGE_KEY: storageKey(),
});
