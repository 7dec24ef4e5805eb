import { encryptAccount, type InstanceInfo, type Result, result, resultCode } from '@koobridge/contracts';
import type { Delivery } from '../handlers/handlers.ts';
import { placeholder } from '../instances/decide.ts';
import type { StoreCall } from './call.ts';
import { purchaseOf } from './purchase.ts';

/** What a room answers, before it is written as the interface documents it. */
export interface RoomAnswer extends Result {
  readonly instanceId?: string;
  readonly delivery?: Delivery;
  readonly info?: readonly InstanceInfo[];
}

/** An answer as it is written. */
export interface WireAnswer extends Result {
  readonly instanceId?: string;
  readonly info?: InstanceInfo[];
  readonly license?: string;
  readonly encryptType?: '1';
  readonly appInfo?: InstanceInfo['appInfo'];
}

/**
 * A room's answer as the call's interface documents it. `v1Key` encrypts the accounts of V1 answers; what is longer then
 * than its documented length is left out, and `leaveOut` is told.
 */
export function wireAnswer(
  call: StoreCall,
  answer: RoomAnswer,
  v1Key: string | undefined,
  leaveOut: (member: string) => void,
): WireAnswer {
  const { delivery, info, ...rest } = answer;
  if (call.through !== 'v1') return info === undefined ? rest : { ...rest, info: [...info] };
  if (call.request.activity === 'getLicense') {
    if (rest.resultCode !== resultCode.success) return result(rest.resultCode, rest.resultMsg);
    const license = delivery?.license;
    // The page makes the License mandatory: without one the store is told to come again.
    return license === undefined ? result(resultCode.processing) : { ...rest, license };
  }
  const encrypt = (each: InstanceInfo['appInfo']) =>
    v1Key === undefined ? each : encryptedAccounts(each, v1Key, leaveOut);
  const appInfo = encrypt(delivery?.appInfo);
  if (appInfo !== undefined) return { ...rest, encryptType: '1', appInfo };
  if (info === undefined) return rest;
  return {
    ...rest,
    encryptType: '1',
    info: info.map((each) => ({ ...each, ...(each.appInfo && { appInfo: encrypt(each.appInfo) }) })),
  };
}

/** What V1 documents for an encrypted account and its password. */
const encryptedLimit = 128;

function encryptedAccounts(
  appInfo: InstanceInfo['appInfo'],
  key: string,
  leaveOut: (member: string) => void,
): InstanceInfo['appInfo'] {
  if (appInfo === undefined) return undefined;
  const { userName, password, ...rest } = appInfo;
  const sealed: { userName?: string; password?: string } = {};
  for (const [member, text] of Object.entries({ userName, password }) as [
    'userName' | 'password',
    string | undefined,
  ][]) {
    // The assertion holds: the object has these two members and no other.
    const encrypted = text === undefined ? undefined : encryptAccount(text, key, { bits: 256 });
    if (encrypted === undefined) continue;
    if (encrypted.length <= encryptedLimit) sealed[member] = encrypted;
    else leaveOut(`appInfo.${member}`);
  }
  return { ...rest, ...sealed };
}

const success = result(resultCode.success);

/** The answer to a call of the debugging page or a probe: complete, the same for ever, and about nothing that exists (R12). */
export function debuggingAnswer(call: StoreCall): RoomAnswer {
  if (call.through === 'kit') return success;
  const { request } = call;
  switch (request.activity) {
    case 'newInstance':
    case 'getLicense': {
      const { instanceId } = purchaseOf(request);
      return { ...success, instanceId, ...(call.through === 'v1' && { delivery: placeholder(instanceId) }) };
    }
    case 'queryInstance':
      return {
        ...success,
        info: request.instanceId.map((instanceId) => ({ instanceId, appInfo: placeholder(instanceId).appInfo })),
      };
    default:
      return success;
  }
}
