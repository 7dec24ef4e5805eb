import * as z from 'zod';
import { text, textOrEmpty } from '../text.ts';

/** A department. The list is flat and may name parents that are not in it. */
export const OrgInfo = z.object({
  /** Chosen by the tenant, unique in it. */
  orgCode: text(64),
  orgName: text(128),
  /** Empty for a department at the top. */
  parentCode: textOrEmpty(64),
});
export type OrgInfo = z.output<typeof OrgInfo>;
