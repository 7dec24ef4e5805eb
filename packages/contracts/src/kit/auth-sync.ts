import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TimeStamp } from '../production/time-stamp.ts';
import { text } from '../text.ts';
import { flagOf } from './kit-flag.ts';
import { kitList } from './kit-list.ts';
import { kitMembers } from './kit-members.ts';
import { KitUser } from './user.ts';

export const AuthSync = z.object({
  ...kitMembers,
  appId: text(64),
  /** No page limits their number in 2.0. */
  userList: kitList(KitUser),
  /** UTC+8. */
  currentSyncTime: TimeStamp,
  /** Holds for the whole list. */
  flag: flagOf(0, 1, 2, 3),
});
export type AuthSync = z.output<typeof AuthSync>;

/** The store tells which users of an enterprise may use the application (用户授权同步). */
export const authSync = {
  name: 'authSync',
  product: 'Kit',
  request: AuthSync,
  answer: ResultAnswer,
  keyClass: 'kit',
  tokenScheme: 'kit-signature',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649435.html',
} as const satisfies Activity;
