import * as z from 'zod';

/** How account and password of the same answer are encrypted: `1` AES-256 (also when absent), `2` AES-128. */
export const EncryptType = z.enum(['1', '2']);
export type EncryptType = z.output<typeof EncryptType>;
