import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { text, textUpTo } from '../text.ts';
import { flagOf, kitFlag } from './kit-flag.ts';
import { kitMembers } from './kit-members.ts';

export const ApplicationSync = z
  .object({
    ...kitMembers,
    appId: text(64),
    clientId: text(64),
    /** Encrypted with the seller's RSA key (R26). No length is documented; this one has room for a key of 16384 bits. */
    clientSecret: textUpTo(4096),
    flag: flagOf(0, 1, 2),
  })
  // What is to be deleted needs no secret, and no page says that one comes with it.
  .refine(({ clientSecret, flag }) => clientSecret !== '' || flag === kitFlag.delete, {
    path: ['clientSecret'],
    error: 'must not be empty',
  });
export type ApplicationSync = z.output<typeof ApplicationSync>;

/** The store hands over a tenant's OAuth client for the application (应用同步). */
export const applicationSync = {
  name: 'applicationSync',
  product: 'Kit',
  request: ApplicationSync,
  answer: ResultAnswer,
  keyClass: 'kit',
  tokenScheme: 'kit-signature',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649434.html',
} as const satisfies Activity;
