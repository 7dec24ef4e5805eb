import { activities } from '@koobridge/contracts';
import type { Config } from './config.ts';

const shortToken = 16;

/** What is allowed and yet probably a mistake; told when the server starts. Names no value. */
export function advice({ keys, adminToken }: Config): string[] {
  const classes = new Set(Object.values(activities).map((activity) => activity.keyClass));
  // A key of another class is refused like a stranger's (R6), which looks like an attack.
  const missing = [...classes].filter((keyClass) => keys[keyClass].length === 0);
  return [
    ...missing.map((each) => `KOOBRIDGE_KEYS holds no ${each} key: every callback of that class will be refused`),
    ...(adminToken.length < shortToken ? [`KOOBRIDGE_ADMIN_TOKEN is shorter than ${shortToken} characters`] : []),
  ];
}
