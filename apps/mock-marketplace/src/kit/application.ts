import * as z from 'zod';

/** Where the browser goes after the login (应用登录地址): the only address that codes are sent to. */
export const LoginUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(512)
  .regex(/^[\x21-\x7e]+$/, 'must be written in visible ASCII characters')
  .refine((address) => !/[#@\\]/.test(address), 'must have no fragment and no user');

/** What a seller fills in to apply for a credential (凭证申请). */
export const applicationForm = {
  name: z.string().min(1).max(128),
  loginUrl: LoginUrl,
  publicKey: z.string().min(1).max(8192),
  authMethod: z.enum(['OAUTH2', 'SDK']).default('OAUTH2'),
  /** What the application was adapted to: the login then brings it a `code` or a `ticket`. */
  loginProtocol: z.enum(['OAUTH2', 'CAS']).default('OAUTH2'),
  loginAddressType: z.enum(['SHARED', 'OWN']).default('SHARED'),
  /** Whether several orders may be bound to one enterprise (支持多实例绑定). */
  multiInstance: z.boolean().default(false),
  /** The hash of the OAEP padding, which no page names (R26). */
  oaepHash: z.enum(['SHA-256', 'SHA-1']).default('SHA-256'),
};

export const ApplicationForm = z.strictObject(applicationForm);
export type ApplicationForm = z.output<typeof ApplicationForm>;

/** An application credential (应用凭证). Its own secret is answered once and kept nowhere, because no interface takes it. */
export const Application = z.object({
  appId: z.string(),
  ...applicationForm,
  /** The enterprise in which the seller tries the login out. */
  testTenant: z.string(),
  testAccount: z.string().nullable(),
  /** Life-cycle time. */
  createdAt: z.number(),
});
export type Application = z.output<typeof Application>;
