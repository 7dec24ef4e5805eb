import { type ActivityName, activities, type KitActivityName, kitActivities } from '@koobridge/contracts';
import * as z from 'zod';

/** Every call of the present generation that the marketplace can make, by name. */
export const calls = { ...activities, ...kitActivities } as const;

export type CallName = ActivityName | KitActivityName;

const names = Object.keys(calls) as CallName[]; // the keys of a literal are exactly its type's
export const CallNameSchema = z.enum(names);
