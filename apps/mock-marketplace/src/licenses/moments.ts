import { periodicWindows } from '../catalogue/customer-level.ts';
import { addDays, addPeriod } from '../clock/calendar.ts';
import type { License, Term } from './license.ts';

/** The moments of a code's life, each computed from its state and stored nowhere. */

/** When License codes are frozen: the License pages say after the grace period, the SaaS pages at expiry (R24). */
export type FreezeMoment = 'grace' | 'expiry';

/** The end of the last period. A renewal continues the expiry before it, however late it came. */
export const expiresAt = (license: License): number => endOf(license.startsAt, license.terms);

/** When the last period began or will begin. */
export const lastTermBegins = (license: License): number => endOf(license.startsAt, license.terms.slice(0, -1));

const endOf = (start: number, terms: readonly Term[]): number =>
  terms.reduce((instant, term) => addPeriod(instant, term.period), start);

export const lastTerm = (license: License): Term => license.terms.at(-1) ?? license.terms[0];

export function freezesAt(license: License, moment: FreezeMoment): number {
  const expiry = expiresAt(license);
  return moment === 'expiry' ? expiry : addDays(expiry, periodicWindows[license.customerLevel].grace);
}

export function releasesAt(license: License): number {
  const { grace, retention } = periodicWindows[license.customerLevel];
  return addDays(expiresAt(license), grace + retention);
}

export type LicenseStatus = 'ACTIVE' | 'EXPIRED' | 'FROZEN' | 'RELEASED';

export function statusAt(license: License, now: number): LicenseStatus {
  return license.phase === 'ACTIVE' && now >= expiresAt(license) ? 'EXPIRED' : license.phase;
}

export interface NextStep {
  readonly kind: 'FREEZE' | 'RELEASE';
  readonly at: number;
}

/** What will happen to a code if nobody does anything; nothing once it is released. */
export function nextStep(license: License, moment: FreezeMoment): NextStep | undefined {
  switch (license.phase) {
    case 'ACTIVE':
      return { kind: 'FREEZE', at: freezesAt(license, moment) };
    case 'FROZEN':
      return { kind: 'RELEASE', at: releasesAt(license) };
    case 'RELEASED':
      return undefined;
  }
}
