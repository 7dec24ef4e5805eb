import * as z from 'zod';
import { stringTokenValue } from '../json/string-token.ts';
import { topLevelMembers } from '../json/top-level-members.ts';
import { refreshLicenseCode } from '../license-code/refresh-license-code.ts';
import { releaseLicenseCode } from '../license-code/release-license-code.ts';
import { updateLicenseCodeStatus } from '../license-code/update-license-code-status.ts';
import type { KeyClass } from '../token/key-ring.ts';

/** Every activity of the production address, by name. A new interface is a new entry. */
export const activities = {
  refreshLicenseCode,
  updateLicenseCodeStatus,
  releaseLicenseCode,
} as const;

export type ActivityName = keyof typeof activities;

/** What the store asks for, as read and checked. */
export type ActivityRequest<Name extends ActivityName = ActivityName> = {
  [N in Name]: z.output<(typeof activities)[N]['request']>;
}[Name];

/** What the seller answers. */
export type ActivityAnswer<Name extends ActivityName = ActivityName> = {
  [N in Name]: z.output<(typeof activities)[N]['answer']>;
}[Name];

/** Any body of the production address; `activity` tells which. */
export const ProductionRequest = z.discriminatedUnion('activity', [
  activities.refreshLicenseCode.request,
  activities.updateLicenseCodeStatus.request,
  activities.releaseLicenseCode.request,
]);

export const isActivityName = (name: unknown): name is ActivityName =>
  typeof name === 'string' && Object.hasOwn(activities, name);

/**
 * The key class of a body that is not verified yet; `undefined` when its activity is none we know (R6). Reads no further
 * than it must, and never throws.
 */
export function keyClassOf(text: string): KeyClass | undefined {
  for (const { name, start, end } of topLevelMembers(text)) {
    if (name !== 'activity') continue;
    const activity = text[start] === '"' ? stringTokenValue(text.slice(start, end)) : undefined;
    return isActivityName(activity) ? activities[activity].keyClass : undefined;
  }
  return undefined;
}
