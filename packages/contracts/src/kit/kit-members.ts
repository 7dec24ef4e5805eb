import { TestFlag } from '../production/test-flag.ts';
import { TimeStamp } from '../production/time-stamp.ts';
import { text, textOrEmpty } from '../text.ts';

/** What every Kit body holds. None holds an `activity`: the path tells. */
export const kitMembers = {
  /** Empty while a seller applies for a credential, when there is no order yet (R10). */
  instanceId: textOrEmpty(64),
  tenantId: text(64),
  testFlag: TestFlag,
  /** UTC+8. */
  timeStamp: TimeStamp,
};
