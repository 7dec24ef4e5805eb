import { randomInt } from 'node:crypto';
import { formatStoreTime } from '@koobridge/contracts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `length` characters, each drawn from upper-case letters and digits. */
export type Draw = (length: number) => string;

/** Drawn at random, so that a new database never repeats the ids of an old one that a seller's server may remember. */
export const drawAtRandom: Draw = (length) =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/** Like the documented `CS2211181819B4LVS`: the minute of the order (here in UTC), then characters without meaning. */
export const newOrderId = (now: number, draw: Draw): string => `CS${formatStoreTime(now).slice(2, 12)}${draw(10)}`;

/** Like the documented `PLXXXXXX`; no page gives a grammar. */
export const newLicenseCode = (draw: Draw): string => `PL${draw(16)}`;
