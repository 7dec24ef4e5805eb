import type { ActivityRequest } from '@koobridge/contracts';
import { readStoreTime } from '@koobridge/contracts';
import type { StoreClock } from '../life/store-clock.ts';

/** What the store orders, with the expiry as an instant. */
export type LicenseCommand =
  | (ActivityRequest<'refreshLicenseCode'> & { readonly expiresAt: number; readonly tokenTimestamp: number })
  | (ActivityRequest<'updateLicenseCodeStatus'> & { readonly tokenTimestamp: number })
  | ActivityRequest<'releaseLicenseCode'>;

type LicenseRequest = ActivityRequest<LicenseCommand['activity']>;

/** A checked request as a command. `tokenTimestamp` is the verified one; the bodies hold no time of their own (R17). */
export function licenseCommand(request: LicenseRequest, tokenTimestamp: number, clock: StoreClock): LicenseCommand {
  switch (request.activity) {
    case 'refreshLicenseCode': {
      const time = readStoreTime(request.expireTime);
      if (time === undefined) throw new TypeError('expireTime passed its schema but is no date');
      return { ...request, expiresAt: clock.instant(time), tokenTimestamp };
    }
    case 'updateLicenseCodeStatus':
      return { ...request, tokenTimestamp };
    case 'releaseLicenseCode':
      return request;
  }
}
