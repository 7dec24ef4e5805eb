import type { ResultCode } from '@koobridge/contracts';
import type { AppliedLine } from '../../src/ledger/order-lines.ts';
import type { LicenseCommand } from '../../src/licenses/command.ts';
import { type Decision, decide, type Rules } from '../../src/licenses/decide.ts';
import type { License } from '../../src/licenses/license.ts';

/** The rules as they are by default. */
export const defaultRules: Rules = { adoptLicenses: true, renewalUnfreezes: false };

/** The room of the licenses without a database: what `decide` decides is kept in two maps. */
export class Room {
  readonly licenses = new Map<string, License>();
  readonly lines = new Map<string, AppliedLine>();
  readonly #rules: Rules;

  constructor(rules: Partial<Rules> = {}) {
    this.#rules = { ...defaultRules, ...rules };
  }

  take(command: LicenseCommand): Decision {
    const key = lineKey(command);
    const decision = decide(this.licenses.get(command.license), this.lines.get(key), command, this.#rules);
    if (decision.license !== undefined) this.licenses.set(command.license, decision.license);
    if (decision.line !== undefined) this.lines.set(key, decision.line);
    return decision;
  }

  /** Takes every command in turn and returns the result codes. */
  play(commands: readonly LicenseCommand[]): readonly ResultCode[] {
    return commands.map((command) => this.take(command).answer.resultCode);
  }

  /** Everything the room knows, for comparing. */
  state(): unknown {
    return structuredClone({ licenses: this.licenses, lines: this.lines });
  }

  get license(): License | undefined {
    return this.licenses.get(code);
  }
}

const lineKey = (command: LicenseCommand): string =>
  command.activity === 'refreshLicenseCode'
    ? JSON.stringify([command.activity, command.scene, command.orderId, command.orderLineId])
    : '';

/** The license that commands are about unless they say otherwise. */
export const code = 'PL-1';

type Refresh = Extract<LicenseCommand, { activity: 'refreshLicenseCode' }>;

/** A refresh of order `order`, of its only line. */
export const refresh = (
  scene: Refresh['scene'],
  order: string,
  expiresAt: number,
  more: Partial<Refresh> = {},
): Refresh => ({
  activity: 'refreshLicenseCode',
  scene,
  orderId: order,
  orderLineId: `${order}-000001`,
  license: code,
  productId: undefined,
  expireTime: '',
  testFlag: false,
  expiresAt,
  tokenTimestamp: 0,
  ...more,
});

export const renewal = (order: string, expiresAt: number, more: Partial<Refresh> = {}): Refresh =>
  refresh('RENEWAL', order, expiresAt, more);

export const cancellation = (order: string, expiresAt: number): Refresh =>
  refresh('UNSUBSCRIBE_RENEWAL_PERIOD', order, expiresAt);

export const trialToFormal = (order: string, expiresAt: number): Refresh =>
  refresh('TRIAL_TO_FORMAL', order, expiresAt);

export const status = (change: 'FREEZE' | 'UNFREEZE', tokenTimestamp: number): LicenseCommand => ({
  activity: 'updateLicenseCodeStatus',
  license: code,
  status: change,
  testFlag: false,
  tokenTimestamp,
});

export const release = (): LicenseCommand => ({
  activity: 'releaseLicenseCode',
  license: code,
  orderId: undefined,
  orderLineId: undefined,
  testFlag: false,
});
