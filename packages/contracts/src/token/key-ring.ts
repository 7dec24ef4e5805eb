import * as z from 'zod';

/** The classes of interfaces that the store gives keys of their own; one key never serves two of them (R6). */
export const keyClasses = ['base', 'license', 'kit', 'general', 'v1'] as const;
export type KeyClass = (typeof keyClasses)[number];

/** A key of the seller center's 密钥管理. `id` names it in logs and receipts; `secret` is the accessKey and appears nowhere. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** One or more keys for each class, so that a key is replaced without an outage (R6). */
export type KeyRings = Readonly<Record<KeyClass, readonly AccessKey[]>>;

const ring = z
  .array(z.object({ id: z.string().min(1).max(64), secret: z.string().min(1) }))
  .refine((keys) => new Set(keys.map((key) => key.id)).size === keys.length, 'two keys of a ring share an id')
  .default([]);

/** The key rings as configuration holds them, with an empty ring for every class left out. A misspelt class is an error. */
export const KeyRings = z.strictObject({ base: ring, license: ring, kit: ring, general: ring, v1: ring });
