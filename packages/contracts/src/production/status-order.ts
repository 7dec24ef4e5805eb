import * as z from 'zod';

const documented = { FREEZE: 'FREEZE', FROZEN: 'FREEZE', UNFREEZE: 'UNFREEZE', UNFROZEN: 'UNFREEZE' } as const;

/** Freeze or unfreeze, in either of the spellings seen; read as the documented one (R14). */
export const StatusOrder = z
  .enum(['FREEZE', 'FROZEN', 'UNFREEZE', 'UNFROZEN'])
  .transform((status) => documented[status]);
export type StatusOrder = z.output<typeof StatusOrder>;
