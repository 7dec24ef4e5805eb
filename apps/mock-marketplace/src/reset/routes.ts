import * as z from 'zod';
import { failures, optional, time } from '../control/shapes.ts';

/** Beginning anew. */

const Beginning = z.object({
  /** What everything that looks random is drawn from. */
  seed: z.string(),
  /** Where the life-cycle clock stands. */
  now: time,
});

export const resetRoutes = {
  seed: {
    method: 'GET',
    path: '/seed',
    summary: 'Tells what everything that looks random is drawn from',
    responses: { 200: z.object({ seed: z.string() }) },
  },
  reset: {
    method: 'POST',
    path: '/reset',
    summary: 'Empties the marketplace to the state of a new one, with the same seed or another',
    body: optional({ seed: z.string().min(1).max(200).optional() }),
    responses: { ...failures, 200: Beginning },
  },
} as const;
