import { type Result, result, resultCode } from '@koobridge/contracts';
import type { LicenseCommand } from './command.ts';
import type { AppliedLine, License } from './license.ts';

export interface Rules {
  /** A code seen for the first time is taken in (R19). */
  readonly adoptLicenses: boolean;
  /** A renewal also unfreezes (R17). */
  readonly renewalUnfreezes: boolean;
}

/** What follows from a command: the answer, and what changes. Whatever is absent stays as it was. */
export interface Decision {
  readonly answer: Result;
  /** The license as it is from now on. */
  readonly license?: License;
  /** The command's order line takes effect and is remembered (R15). */
  readonly line?: AppliedLine;
  /** The member in which the command contradicts an order line that was applied (R15). */
  readonly conflict?: 'license' | 'expireTime';
  /** The expiry should be confirmed with the store's own data (R16), or no longer needs to be. */
  readonly confirmExpiry?: 'ask' | 'withdraw';
}

const done = result(resultCode.success);
const notFound = result(resultCode.notFound);

/**
 * Decides what a callback means for its license (R15–R19). Pure: the same state and command give the same decision.
 * `applied` is the order line of the command, if it was applied before.
 */
export function decide(
  known: License | undefined,
  applied: AppliedLine | undefined,
  command: LicenseCommand,
  rules: Rules,
): Decision {
  if (command.activity === 'refreshLicenseCode' && applied !== undefined) return repeat(applied, command);
  if (known === undefined && !rules.adoptLicenses) return { answer: notFound };
  const license = known ?? firstSight(command.license);
  switch (command.activity) {
    case 'refreshLicenseCode':
      return refresh(license, command, rules);
    case 'updateLicenseCodeStatus':
      return changeStatus(license, command);
    case 'releaseLicenseCode':
      if (license.status === 'RELEASED') return { answer: done }; // R18
      return { answer: done, license: { ...license, status: 'RELEASED' }, confirmExpiry: 'withdraw' };
  }
}

type Command<Activity extends LicenseCommand['activity']> = Extract<LicenseCommand, { activity: Activity }>;

const firstSight = (code: string): License => ({
  code,
  status: 'ACTIVE',
  expiresAt: null,
  statusAt: null,
  renewed: false,
  cancelled: false,
});

/** An order line is applied once: the same again is success, another meaning is a conflict (R15). */
function repeat(applied: AppliedLine, command: Command<'refreshLicenseCode'>): Decision {
  const conflict =
    applied.license !== command.license
      ? 'license'
      : applied.expiresAt !== command.expiresAt
        ? 'expireTime'
        : undefined;
  if (conflict === undefined) return { answer: done };
  const message = `${conflict}: this order line was applied before with another ${conflict}`;
  return { answer: result(resultCode.invalidParameter, message), conflict };
}

function refresh(license: License, command: Command<'refreshLicenseCode'>, rules: Rules): Decision {
  if (license.status === 'RELEASED') return { answer: notFound }; // R18
  const isRenewal = command.scene === 'RENEWAL' || command.scene === 'RENEWAL_CHANGE';
  const unfreezes = isRenewal && rules.renewalUnfreezes && !isOutdated(license, command.tokenTimestamp); // R17
  const cancelled = license.cancelled || command.scene === 'UNSUBSCRIBE_RENEWAL_PERIOD';
  return {
    answer: done,
    license: {
      ...license,
      ...(unfreezes ? { status: 'ACTIVE', statusAt: command.tokenTimestamp } : {}),
      expiresAt: expiryAfter(license, command),
      renewed: license.renewed || isRenewal,
      cancelled,
    },
    line: { license: license.code, expiresAt: command.expiresAt },
    // A renewal and a cancellation do not commute: which of them came first, only the store can say (R16).
    ...(cancelled && command.scene !== 'TRIAL_TO_FORMAL' ? { confirmExpiry: 'ask' } : {}),
  };
}

/** R16: renewals commute among each other, and so do cancellations. */
function expiryAfter(license: License, { scene, expiresAt }: Command<'refreshLicenseCode'>): number {
  const present = license.expiresAt;
  switch (scene) {
    case 'RENEWAL':
    case 'RENEWAL_CHANGE':
      return Math.max(present ?? expiresAt, expiresAt);
    case 'UNSUBSCRIBE_RENEWAL_PERIOD':
      return Math.min(present ?? expiresAt, expiresAt);
    case 'TRIAL_TO_FORMAL':
      return license.renewed && present !== null ? present : expiresAt;
  }
}

function changeStatus(license: License, command: Command<'updateLicenseCodeStatus'>): Decision {
  if (license.status === 'RELEASED') return { answer: command.status === 'FREEZE' ? done : notFound }; // R18
  if (isOutdated(license, command.tokenTimestamp)) return { answer: done };
  const status = command.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE';
  return { answer: done, license: { ...license, status, statusAt: command.tokenTimestamp } };
}

/** Whether a later change of the status was applied already: deliveries overtake each other (R17). */
const isOutdated = ({ statusAt }: License, tokenTimestamp: number): boolean =>
  statusAt !== null && tokenTimestamp < statusAt;
