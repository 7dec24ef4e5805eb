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

const digits = /^\d{14}(\d{3})?$/;

/** Reads 14 or 17 ASCII digits. `undefined` for anything else and for a date that does not exist, such as 30 February. */
export function readStoreTime(text: string): StoreTime | undefined {
  if (!digits.test(text)) return undefined;
  const part = (from: number, to: number): number => Number(text.slice(from, to)); // of no digits it is 0
  const time: StoreTime = {
    year: part(0, 4),
    month: part(4, 6),
    day: part(6, 8),
    hour: part(8, 10),
    minute: part(10, 12),
    second: part(12, 14),
    millisecond: part(14, 17),
  };
  return exists(time) ? time : undefined;
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function exists({ year, month, day, hour, minute, second }: StoreTime): boolean {
  const days = month === 2 && isLeap(year) ? 29 : (daysIn[month - 1] ?? 0);
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
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
