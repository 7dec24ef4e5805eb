import { readStoreTime } from '../store-time.ts';
import { text } from '../text.ts';

const withMilliseconds = 17;

/** A moment as `yyyyMMddHHmmssSSS`, 17 digits, in the zone its page names; a date that does not exist is refused. */
export const TimeStamp = text(withMilliseconds).refine(
  (value) => value.length === withMilliseconds && readStoreTime(value) !== undefined,
  'must be an existing date as yyyyMMddHHmmssSSS',
);
