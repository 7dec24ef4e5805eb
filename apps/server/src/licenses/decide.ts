import type { Result } from '@koobridge/contracts';
import { type AppliedLine, conflictResult } from '../ledger/order-lines.ts';
import { changeStatus, done, type LifeDecision, newLife, notFound, refresh, release } from '../life/life.ts';
import type { LicenseCommand } from './command.ts';
import type { License } from './license.ts';

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
  const code = command.license;
  const life = known ?? newLife;
  switch (command.activity) {
    case 'refreshLicenseCode': {
      const decision = refresh(life, { ...command, unfreezes: rules.renewalUnfreezes });
      if (decision.life === undefined) return decision;
      return { ...of(code, decision), line: { subject: code, expiresAt: command.expiresAt } };
    }
    case 'updateLicenseCodeStatus':
      return of(code, changeStatus(life, command));
    case 'releaseLicenseCode':
      return of(code, release(life));
  }
}

const of = (code: string, { life, ...decision }: LifeDecision): Decision =>
  life === undefined ? decision : { ...decision, license: { ...life, code } };

/** An order line is applied once: the same again is success, another meaning is a conflict (R15). */
function repeat(applied: AppliedLine, command: Extract<LicenseCommand, { activity: 'refreshLicenseCode' }>): Decision {
  const conflict =
    applied.subject !== command.license
      ? 'license'
      : applied.expiresAt !== command.expiresAt
        ? 'expireTime'
        : undefined;
  if (conflict === undefined) return { answer: done };
  return { answer: conflictResult(conflict), conflict };
}
