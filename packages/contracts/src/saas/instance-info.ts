import * as z from 'zod';
import { optionalInAnswer, text } from '../text.ts';
import { AppInfo } from './app-info.ts';
import { UsageInfo } from './usage-info.ts';

/** What a seller tells of one instance, in 2.0 and in V1. */
export const InstanceInfo = z.object({
  instanceId: text(64),
  /** May be left out only when the buyer gets address and account another way. */
  appInfo: optionalInAnswer(AppInfo),
  /** Mandatory for on-demand instances and packages: one entry for each charge item. */
  usageInfo: optionalInAnswer(z.array(UsageInfo)),
});
export type InstanceInfo = z.output<typeof InstanceInfo>;
