import * as z from 'zod';

/** What `flag` orders. How cancelling an authorisation differs from deleting it is documented nowhere. */
export const kitFlag = { delete: 0, add: 1, modify: 2, cancelAuthorization: 3 } as const;

/** An integer, and one of those that an interface documents. */
export const flagOf = <const Flag extends number>(...flags: [Flag, ...Flag[]]) =>
  z.literal(flags, `must be one of ${flags.join(', ')}`);
