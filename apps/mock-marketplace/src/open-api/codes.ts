import type { Records } from '../database/records.ts';
import type { Change } from '../subscriptions/change.ts';
import type { FreezeMoments } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { writeChange } from '../subscriptions/write.ts';
import { asLicense } from '../test-codes/test-code.ts';

/** The codes that the License open APIs know: those that were sold, and test codes. Everything within the caller's transaction. */
export interface Codes {
  find(code: string): Subscription | undefined;
  /** Writes an activation. */
  write(change: Change): void;
  /** A query of an activated code was answered; shown for test codes. */
  checked(code: string): void;
}

export function codesOf(records: Records, moments: FreezeMoments): Codes {
  const { subscriptions, testCodes, clock } = records;
  return {
    find: (code) => {
      const sold = subscriptions.license(code);
      if (sold !== undefined) return sold;
      const test = testCodes.find(code);
      return test === undefined ? undefined : asLicense(test);
    },
    write: (change) => {
      const { id, startsAt, activatedAt } = change.subscription;
      const test = testCodes.find(id);
      if (test === undefined) writeChange(records, change, moments);
      else testCodes.save({ ...test, startsAt, activatedAt });
    },
    checked: (code) => {
      const test = testCodes.find(code);
      if (test !== undefined) testCodes.save({ ...test, checkedAt: clock.now() });
    },
  };
}
