import * as z from 'zod';

/** An enterprise, as the store knows it: the Kit tells a seller of it. */

export const Tenant = z.object({
  tenantId: z.string(),
  /** By which its users name it when they log in. */
  tenantCode: z.string(),
  /** Who bought; `null` for the enterprise of a seller's own tests. */
  customer: z.string().nullable(),
  /** How many enterprises the customer had, this one included, when it was made. */
  number: z.number(),
  name: z.string(),
});
export type Tenant = z.output<typeof Tenant>;

/**
 * What the seller's server has taken of a new binding: each call of the three waits for the success of the one before it,
 * because the later ones are of no use without the earlier.
 */
export const BindingStep = z.enum(['TENANT', 'APPLICATION', 'ORGANISATION', 'BOUND']);
export type BindingStep = z.output<typeof BindingStep>;

/** An application bound to an enterprise: for an order, or for the seller's own tests. */
export const Binding = z.object({
  /** The id of the subscription, or the appId. */
  subject: z.string(),
  tenantId: z.string(),
  appId: z.string(),
  step: BindingStep,
});
export type Binding = z.output<typeof Binding>;

/** The OAuth client of an application in an enterprise. */
export const Client = z.object({
  clientId: z.string(),
  tenantId: z.string(),
  appId: z.string(),
  secretDigest: z.string(),
  /** For the seller's eyes only. */
  encryptedSecret: z.string(),
  /** Tells the key and the padding that it was encrypted with from others. */
  encryptedFor: z.string(),
});
export type Client = z.output<typeof Client>;

export const Department = z.object({ orgCode: z.string(), orgName: z.string(), parentCode: z.string() });
export type Department = z.output<typeof Department>;

/** What every new enterprise consists of. */
export const rootDepartment: Department = { orgCode: '10000', orgName: 'Head office', parentCode: '' };

const upTo = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed(), 'must not hold half a surrogate pair, which no UTF-8 can carry');
const filledUpTo = (most: number) => upTo(most).min(1);

/** Members of a department; limits are those of the Kit. */
export const orgCode = filledUpTo(64);
export const orgName = filledUpTo(128);
export const parentCode = upTo(64);

/** What may be said of a user; limits are those of `authSync`. */
export const userMembers = {
  name: filledUpTo(64),
  orgCode,
  position: upTo(64).optional(),
  employeeCode: upTo(64).optional(),
  employeeType: z.literal([1, 2, 3, 4]).optional(),
  role: z.enum(['user', 'admin']),
  /** A text, as in `authSync`. */
  enable: z.enum(['true', 'false']),
  mobile: upTo(32).optional(),
  email: upTo(128).optional(),
  workPlace: upTo(256).optional(),
  entryDate: upTo(20).optional(),
};

export const userName = filledUpTo(64);
export const tenantName = filledUpTo(255);
export const User = z.object({ userName, ...userMembers });
export type User = z.output<typeof User>;

/** A user with what the login needs. */
export interface Account {
  readonly tenantId: string;
  /** The user id of the authentication centre. */
  readonly id: string;
  readonly user: User;
  readonly passwordDigest: string;
  /** Wrong passwords since the last right one. */
  readonly failures: number;
  /** Real time. */
  readonly lockedUntil: number;
}
