import * as z from 'zod';
import { failures, optional, pageLimit, time } from '../control/shapes.ts';

/** The buyer's applications for Licenses, and whether the Licenses came. */

export const ApplicationView = z.object({
  eventId: z.string(),
  fingerprint: z.string().nullable(),
  /** As sent, UTC. */
  effectiveTime: z.string(),
  expireTime: z.string().nullable(),
  appliedAt: time,
  /** The id of the message that sent it, the latest one if it was repeated. */
  message: z.number(),
  /** The first License that came. */
  license: z
    .object({
      kind: z.enum(['CHARACTERS', 'FILE']),
      fileName: z.string().nullable(),
      size: z.number(),
      sha256: z.string(),
      uploadedAt: time,
    })
    .nullable(),
  /** How often a License came under this event. */
  uploads: z.number(),
  /** What is wrong: the same application must get the same License. */
  note: z.string().nullable(),
});

/** With the License itself: a string as it came, a file in Base64. */
const LicenseContent = ApplicationView.extend({
  characters: z.string().nullable(),
  fileBase64: z.string().nullable(),
});

export const onlineLicenseRoutes = {
  applyLicense: {
    method: 'POST',
    path: '/instances/:id/apply-license',
    summary: 'The buyer applies for a License; with an earlier "eventId" the same application is sent again',
    body: optional({
      fingerprint: z.string().min(1).max(1024).optional(),
      eventId: z.string().optional(),
    }),
    responses: { ...failures, 200: ApplicationView },
  },
  instanceLicenses: {
    method: 'GET',
    path: '/instances/:id/licenses',
    query: z.strictObject({ after: z.string().optional(), limit: pageLimit }),
    responses: { ...failures, 200: z.array(ApplicationView) },
  },
  instanceLicense: {
    method: 'GET',
    path: '/instances/:id/licenses/:eventId',
    summary: 'One application with the License as the buyer gets it',
    responses: { ...failures, 200: LicenseContent },
  },
} as const;
