import * as z from 'zod';

/** A buyer's application for a License (异步申请License), and the first License that came for it. Instants are those of the life-cycle clock. */
export const Application = z.object({
  /** The event under which the License is uploaded. */
  eventId: z.string(),
  subscription: z.string(),
  fingerprint: z.string().nullable(),
  /** As they were sent. */
  effectiveTime: z.string(),
  expireTime: z.string().nullable(),
  appliedAt: z.number(),
  /** The latest message that sent it. */
  message: z.number(),
  kind: z.enum(['CHARACTERS', 'FILE']).nullable(),
  fileName: z.string().nullable(),
  /** Bytes; of a string in UTF-8. */
  size: z.number().nullable(),
  /** Of those bytes, 64 lower-case hex digits. */
  sha256: z.string().nullable(),
  uploadedAt: z.number().nullable(),
  /** How often a License came, and how often it was another one than the first. */
  uploads: z.number(),
  otherUploads: z.number(),
});
export type Application = z.output<typeof Application>;

/** A License as it was handed over. */
export interface UploadedLicense {
  readonly kind: 'CHARACTERS' | 'FILE';
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}
