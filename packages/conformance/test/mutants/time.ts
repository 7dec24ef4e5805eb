import { faithful, type Steps, type Token } from '../reference/steps.ts';
import { mutantsOf } from './mutant.ts';

const { wellFormed, isFresh } = faithful;

/** The window in milliseconds to both sides. */
const window = (past: number, ahead: number) => (): Partial<Steps> => ({
  isFresh: (timestamp, now) => now - Number(timestamp) <= past && Number(timestamp) - now <= ahead,
});

/** Reads a timestamp that is none, leniently. */
const reads = (form: RegExp, toMoment: (timestamp: string) => number) => (): Partial<Steps> => ({
  wellFormed: lenient(form),
  isFresh: (timestamp, now) => isFresh(String(toMoment(timestamp)), now),
});

const lenient = (form: RegExp) => (token: Token) =>
  wellFormed(token) ||
  (token.timestamp.length <= 1 &&
    form.test(token.timestamp[0] ?? '') &&
    wellFormed({ ...token, timestamp: ['1750000000000'] }));

const absent = (length: number) => (): Partial<Steps> => ({
  wellFormed: (token) => wellFormed(token) || (token.timestamp.length === length && lenient(/^$/)(token)),
  isFresh: (timestamp, now) => timestamp === '' || isFresh(timestamp, now),
});

const ever = Number.POSITIVE_INFINITY;

export const timeMutants = mutantsOf('time', {
  missing: absent(0),
  empty: absent(1),
  'past-inside': window(40_000, 60_000),
  'past-edge': window(55_000, 60_000),
  'past-outside': window(65_000, 60_000),
  'past-minutes': window(3_600_000, 60_000),
  'past-day': window(ever, 60_000),
  'ahead-inside': window(60_000, 30_000),
  'ahead-outside': window(60_000, 65_000),
  'ahead-minutes': window(60_000, 3_600_000),
  'ahead-day': window(60_000, ever),
  seconds: reads(/^\d{10}$/, (timestamp) => Number(timestamp.padEnd(13, '0'))),
  decimal: reads(/^\d{13}\.\d$/, Number),
  plus: reads(/^\+\d{13}$/, Number),
  blank: reads(/^ \d{13}$/, Number),
  letters: reads(/^\d{13}[a-z]+$/, Number.parseInt),
  'leading-zero': reads(/^0\d{13}$/, Number),
  exponent: reads(/^[\d.]+e12$/, Number),
  'full-width': reads(/^[\uff10-\uff19]{13}$/, (timestamp) => Number(timestamp.normalize('NFKC'))),
  hexadecimal: reads(/^0x[0-9a-f]+$/, Number),
});
