/** The store's times: `yyyyMMddHHmmss`, or with milliseconds (R13). They carry no zone; UTC is assumed unless a seller knows better. */

/** A date and time of day without a zone. `month` is 1 to 12. */
export interface StoreTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const digits = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})?$/;

/** Reads 14 or 17 ASCII digits. `undefined` for anything else and for a date that does not exist, such as 30 February. */
export function readStoreTime(text: string): StoreTime | undefined {
  const match = digits.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const time: StoreTime = { year, month, day, hour, minute, second, millisecond };
  return exists(time) ? time : undefined;
}

function exists(time: StoreTime): boolean {
  // What overflows shows one field up: a day in the month, a minute in the hour, a second in the minute. An hour wraps.
  const date = new Date(storeTimeInUtc(time));
  return (
    date.getUTCMonth() === time.month - 1 && date.getUTCHours() === time.hour && date.getUTCMinutes() === time.minute
  );
}

/** Milliseconds since the epoch, reading the time as UTC. */
export function storeTimeInUtc(time: StoreTime): number {
  const date = new Date(0);
  date.setUTCFullYear(time.year, time.month - 1, time.day); // Date.UTC would take the years 0 to 99 for 1900 to 1999
  return date.setUTCHours(time.hour, time.minute, time.second, time.millisecond);
}

/** Writes an instant (milliseconds since the epoch) as 14 digits in UTC. Throws a RangeError for an instant outside the years 0 to 9999. */
export function formatStoreTime(instant: number): string {
  const iso = new Date(instant).toISOString();
  if (iso.length !== 24) throw new RangeError(`an instant in the year ${iso.slice(0, 7)} has no 14-digit form`);
  return iso.slice(0, 19).replaceAll(/[-T:]/g, '');
}
