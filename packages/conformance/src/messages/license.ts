import type { Call, Message } from '../flow/call.ts';
import type { Names } from '../flow/names.ts';

/** The calls about a License code, as the store sends them. */

export const call = (message: Message): Call => ({ carrier: 'query', subPath: '', message });

export const renewal = (names: Names, license: string, expireTime: string, more: Message = {}): Call =>
  call({
    activity: 'refreshLicenseCode',
    expireTime,
    license,
    ...names.order(),
    scene: 'RENEWAL',
    testFlag: '0',
    ...more,
  });

export const statusChange = (license: string, status: string, more: Message = {}): Call =>
  call({ activity: 'updateLicenseCodeStatus', license, status, testFlag: '0', ...more });

export const release = (license: string, more: Message = {}): Call =>
  call({ activity: 'releaseLicenseCode', license, testFlag: '0', ...more });

/** Moments far enough ahead, as the store writes them and as milliseconds since the epoch. */
export const moments = {
  near: { written: '20310115120000', ms: Date.UTC(2031, 0, 15, 12) },
  later: { written: '20320115120000', ms: Date.UTC(2032, 0, 15, 12) },
  latest: { written: '20330115120000', ms: Date.UTC(2033, 0, 15, 12) },
} as const;
