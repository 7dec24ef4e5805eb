import { readSaasExtendParams, type V1Request } from '@koobridge/contracts';
import type { Facts } from '../facts/facts.ts';
import { v1Prefix } from '../ledger/order-lines.ts';
import type { Scene } from '../life/life.ts';
import type { StoreClock } from '../life/store-clock.ts';
import { type Command, expiryOf } from './commands.ts';
import { purchaseOf } from './purchase.ts';

/** A call of the retired interfaces as the command of its successor (R25). `decrypt` opens what was encrypted with the v1 key. */
export function v1Command(
  request: V1Request,
  tokenTimestamp: number,
  facts: Facts,
  { clock, decrypt }: { readonly clock: StoreClock; readonly decrypt: (text: string) => string | undefined },
): Command {
  switch (request.activity) {
    case 'newInstance':
    case 'getLicense': {
      const { line, instanceId } = purchaseOf(request);
      const answersLicense = request.activity === 'getLicense';
      const { businessId } = request;
      const rest = { businessId, answersLicense, purchase: detailsOf(request, decrypt), verdict: facts.create };
      return { room: 'instances', command: { kind: 'create', instanceId, line, ...rest } };
    }
    case 'refreshInstance':
    case 'refreshLicense': {
      const { activity, orderId, instanceId, productId = null, expireTime } = request;
      const scene = sceneOf(request);
      const line = { activity: `${v1Prefix}${activity}`, scene, orderId, orderLineId: expireTime };
      // No call of V1 lifts the freeze of an expiry, so a renewal does (R25).
      const refresh = { scene, expiresAt: expiryOf(expireTime, clock), tokenTimestamp, unfreezes: true };
      return { room: 'instances', command: { kind: 'refresh', instanceId, line, productId, ...refresh } };
    }
    case 'expireInstance':
    case 'expireLicense':
      return status(request.instanceId, 'FREEZE', tokenTimestamp);
    case 'instanceStatus':
      return status(request.instanceId, request.instanceStatus === 'FREEZE' ? 'FREEZE' : 'UNFREEZE', tokenTimestamp);
    case 'releaseInstance':
    case 'releaseLicense': {
      const { instanceId, orderId = null } = request;
      return { room: 'instances', command: { kind: 'release', instanceId, orderId, orderLineId: null } };
    }
    case 'upgrade': {
      const { activity, instanceId, orderId } = request;
      const line = { activity: `${v1Prefix}${activity}`, scene: '', orderId, orderLineId: '' };
      return { room: 'instances', command: { kind: 'upgrade', instanceId, line } };
    }
    case 'queryInstance':
      return { room: 'instances', question: { kind: 'query', instanceIds: request.instanceId, usage: facts.usage } };
  }
}

const status = (instanceId: string, order: 'FREEZE' | 'UNFREEZE', tokenTimestamp: number): Command => ({
  room: 'instances',
  command: { kind: 'status', instanceId, status: order, tokenTimestamp },
});

/** V1 calls a renewal and its cancellation alike; newer pages give the latter a negative amount (R25). */
function sceneOf(request: V1Request<'refreshInstance' | 'refreshLicense'>): Scene {
  if (request.activity === 'refreshLicense') return 'UNSTATED';
  if (request.trialToFormal) return 'TRIAL_TO_FORMAL';
  if (request.orderAmount === undefined) return 'UNSTATED';
  return request.orderAmount < 0 ? 'UNSUBSCRIBE_RENEWAL_PERIOD' : 'RENEWAL';
}

/** What a purchase says of order and buyer, by the store's names: whoever provisions a V1 instance has no other source. */
function detailsOf(
  request: V1Request<'newInstance' | 'getLicense'>,
  decrypt: (text: string) => string | undefined,
): Readonly<Record<string, string | number>> {
  const { activity: _, testFlag: __, saasExtendParams, ...members } = request;
  const extended = (saasExtendParams === undefined ? undefined : readSaasExtendParams(saasExtendParams)) ?? [];
  const purchase: Record<string, string | number> = {};
  for (const { name, value } of extended) if (typeof value === 'string') purchase[`saasExtendParams.${name}`] = value;
  for (const [name, value] of Object.entries(members)) {
    const opened = (name === 'mobilePhone' || name === 'email') && typeof value === 'string' ? decrypt(value) : value;
    if (typeof opened === 'string' || typeof opened === 'number') purchase[name] = opened;
    else if (typeof opened === 'boolean') purchase[name] = opened ? '1' : '0';
  }
  return purchase;
}
