import * as z from 'zod';

/** Why a call of the admin API did not do what it asked for, in words for an operator. */
export const Problem = z.object({ error: z.string() });
