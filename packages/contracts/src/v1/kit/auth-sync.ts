import type * as z from 'zod';
import { AuthSync } from '../../kit/auth-sync.ts';
import { flagOf } from '../../kit/kit-flag.ts';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';

const mostUsers = 500;

/** As in 2.0, but the list is a text as a rule, holds at most 500 users, and an authorisation is never cancelled. */
export const V1AuthSync = AuthSync.extend({
  userList: AuthSync.shape.userList.refine(
    (users) => users.length <= mostUsers,
    `must have at most ${mostUsers} users`,
  ),
  flag: flagOf(0, 1, 2),
}) satisfies z.ZodType<AuthSync>;

/** The store tells which users of an enterprise may use the application (租户应用授权信息同步). */
export const v1AuthSync = {
  name: 'authSync',
  product: 'Kit',
  request: V1AuthSync,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649111.html',
} as const satisfies Activity;
