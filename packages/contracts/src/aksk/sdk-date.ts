import { readStoreTime, storeTimeInUtc } from '../store-time.ts';

/** The form `yyyyMMdd'T'HHmmss'Z'`, UTC, of `X-Sdk-Date` and of the times of usage records. */
const form = /^(?<day>\d{8})T(?<time>\d{6})Z$/;

/** An instant (milliseconds since the epoch) as `yyyyMMdd'T'HHmmss'Z'`, UTC. Throws a RangeError for what is no date. */
export const sdkDate = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Milliseconds since the epoch; `undefined` for another form and for a date that does not exist. */
export function readSdkDate(text: string): number | undefined {
  const { day, time } = form.exec(text)?.groups ?? {};
  const date = readStoreTime(`${day}${time}`);
  return date === undefined ? undefined : storeTimeInUtc(date);
}
