import * as z from 'zod';
import { failures, optional } from '../control/shapes.ts';
import { CaseView } from '../debugging/routes.ts';

/** Probing (拨测): the saved cases, replayed. */
export const probeRoutes = {
  runProbes: {
    method: 'POST',
    path: '/probes/run',
    summary: 'Replays the saved cases of the listings on sale now; a failed one counts as at any other time',
    body: optional({ listing: z.string().optional() }),
    responses: { ...failures, 200: z.array(CaseView) },
  },
} as const;
