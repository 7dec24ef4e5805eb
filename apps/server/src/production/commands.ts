import { type ActivityRequest, readStoreTime } from '@koobridge/contracts';
import type { OrderLineId } from '../confirmation/questions.ts';
import type { Facts } from '../facts/facts.ts';
import type { LicenseApplication } from '../instances/applications.ts';
import type { InstanceCommand, InstanceQuestion } from '../instances/command.ts';
import { type LicenseCommand, licenseCommand } from '../licenses/command.ts';
import type { StoreClock } from '../life/store-clock.ts';
import { type TenantCommand, tenantCommand } from '../tenants/command.ts';
import type { CallToken, StoreCall } from './call.ts';
import { purchaseOf } from './purchase.ts';
import { v1Command } from './v1-commands.ts';

/** What a call orders, and the room that carries it out. */
export type Command =
  | { readonly room: 'licenses'; readonly command: LicenseCommand }
  | { readonly room: 'instances'; readonly command: InstanceCommand }
  | { readonly room: 'instances'; readonly question: InstanceQuestion }
  | { readonly room: 'applications'; readonly application: LicenseApplication }
  | { readonly room: 'orders'; readonly line: OrderLineId }
  | { readonly room: 'tenants'; readonly command: TenantCommand };

/** How calls are read. */
export interface Reading {
  /** The zone of the store's times (R13). */
  readonly clock: StoreClock;
  /** Whether a renewal unfreezes (R17). */
  readonly renewalUnfreezes: boolean;
  /** Opens what V1 encrypts with the key that signed; undefined where it does not open. */
  readonly decrypt: (text: string, keyId: string) => string | undefined;
}

/** A checked call as a command. The token's timestamp orders it among others: the bodies hold no time of their own (R17). */
export function commandOf(call: StoreCall, token: CallToken, facts: Facts, reading: Reading): Command {
  const tokenTimestamp = token.timestamp;
  switch (call.through) {
    case 'production':
      return productionCommand(call.request, tokenTimestamp, facts, reading);
    case 'v1':
      return v1Command(call.request, tokenTimestamp, facts, {
        clock: reading.clock,
        decrypt: (text) => reading.decrypt(text, token.keyId),
      });
    case 'kit':
      return { room: 'tenants', command: tenantCommand(call, tokenTimestamp) };
  }
}

function productionCommand(
  request: ActivityRequest,
  tokenTimestamp: number,
  facts: Facts,
  { clock, renewalUnfreezes: unfreezes }: Reading,
): Command {
  switch (request.activity) {
    case 'refreshLicenseCode':
    case 'updateLicenseCodeStatus':
    case 'releaseLicenseCode':
      return { room: 'licenses', command: licenseCommand(request, tokenTimestamp, clock) };
    case 'newInstance': {
      const { line, instanceId } = purchaseOf(request);
      const rest = { businessId: request.businessId, answersLicense: false, purchase: null, verdict: facts.create };
      return { room: 'instances', command: { kind: 'create', instanceId, line, ...rest } };
    }
    case 'refreshInstance': {
      const { activity, scene, orderId, orderLineId, instanceId, productId = null } = request;
      const line = { activity, scene, orderId, orderLineId };
      const expiresAt = expiryOf(request.expireTime, clock);
      const refresh = { scene, expiresAt, tokenTimestamp, unfreezes };
      return { room: 'instances', command: { kind: 'refresh', instanceId, line, productId, ...refresh } };
    }
    case 'updateInstanceStatus': {
      const { instanceId, status } = request;
      return { room: 'instances', command: { kind: 'status', instanceId, status, tokenTimestamp } };
    }
    case 'releaseInstance': {
      const { instanceId, orderId = null, orderLineId = null } = request;
      return { room: 'instances', command: { kind: 'release', instanceId, orderId, orderLineId } };
    }
    case 'upgradeInstance': {
      const { activity, instanceId, orderId, orderLineId } = request;
      const line = { activity, scene: '', orderId, orderLineId };
      return { room: 'instances', command: { kind: 'upgrade', instanceId, line } };
    }
    case 'queryInstance':
      return { room: 'instances', question: { kind: 'query', instanceIds: request.instanceId, usage: facts.usage } };
    case 'changeInstanceCheck':
      return { room: 'instances', question: { kind: 'check', instanceId: request.instanceId, verdict: facts.change } };
    case 'getLicenseAsync': {
      const { eventId, instanceId, effectiveTime, expireTime = null, deviceFingerprint = null } = request;
      return {
        room: 'applications',
        application: { eventId, instanceId, effectiveTime, expireTime, deviceFingerprint },
      };
    }
    case 'orderNotify':
      return { room: 'orders', line: { orderId: request.orderId, orderLineId: request.orderLineId } };
  }
}

/** Milliseconds since the epoch. The schema has seen to it that it is a date (R13). */
export function expiryOf(expireTime: string, clock: StoreClock): number {
  const time = readStoreTime(expireTime);
  if (time === undefined) throw new TypeError('expireTime passed its schema but is no date');
  return clock.instant(time);
}
