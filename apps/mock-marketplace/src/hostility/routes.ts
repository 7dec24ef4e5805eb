import * as z from 'zod';
import { failures, time } from '../control/shapes.ts';
import { Profile } from './profile.ts';

/** How rough the store is, and what that brought to light. */

export const HostilityView = z.object({
  profile: Profile,
  /** The same seed and the same control calls give the same history. */
  seed: z.string(),
  /** By kind, how many were sent and how many ended as they should not. */
  tried: z.array(z.object({ kind: z.string(), sent: z.number(), wrong: z.number() })),
  findings: z.array(
    z.object({
      kind: z.string(),
      message: z.string(),
      at: time,
      reason: z.string(),
      /** Sends the call again; its token is spent, or was never good. */
      curl: z.string(),
    }),
  ),
});

export const hostilityRoutes = {
  hostility: { method: 'GET', path: '/hostility', responses: { 200: HostilityView } },
  setHostility: {
    method: 'PUT',
    path: '/hostility',
    summary: 'Makes the store calm, store-like or hostile from now on',
    body: z.strictObject({ profile: Profile }),
    responses: { ...failures, 200: HostilityView },
  },
} as const;
