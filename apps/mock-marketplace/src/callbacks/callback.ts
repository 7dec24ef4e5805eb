import {
  type ActivityName,
  type activities,
  composeBody,
  formatStoreTime,
  type RefreshScene,
} from '@koobridge/contracts';
import type * as z from 'zod';
import { type License, lineOf } from '../licenses/license.ts';
import { expiresAt, lastTerm } from '../licenses/moments.ts';

/** A call the store has decided to make, before it is signed. */
export interface Callback {
  readonly activity: ActivityName;
  readonly license: string;
  /** What is ordered within the activity: a scene, or FREEZE and UNFREEZE. */
  readonly command: string | null;
  /** The order that caused the call, where one did. */
  readonly orderId: string | null;
  /** The body to sign and to send, compact and alphabetical (R4). */
  readonly body: string;
}

type Message<Name extends ActivityName> = z.input<(typeof activities)[Name]['request']>;

const realTraffic = '0';

/** Tells the expiry the code has now. A changed period type also tells the product of the new one. */
export function refresh(license: License, scene: RefreshScene, orderId: string): Callback {
  const message: Message<'refreshLicenseCode'> = {
    activity: 'refreshLicenseCode',
    scene,
    orderId,
    orderLineId: lineOf(orderId),
    license: license.code,
    productId: scene === 'RENEWAL_CHANGE' ? lastTerm(license).productId : undefined,
    expireTime: formatStoreTime(expiresAt(license)),
    testFlag: realTraffic,
  };
  return { activity: message.activity, license: license.code, command: scene, orderId, body: composeBody(message) };
}

export function changeStatus(license: License, status: 'FREEZE' | 'UNFREEZE'): Callback {
  const message: Message<'updateLicenseCodeStatus'> = {
    activity: 'updateLicenseCodeStatus',
    license: license.code,
    status,
    testFlag: realTraffic,
  };
  return {
    activity: message.activity,
    license: license.code,
    command: status,
    orderId: null,
    body: composeBody(message),
  };
}

/** `orderId` is the unsubscription's; a release at the end of the retention has none. */
export function release(license: License, orderId: string | null): Callback {
  const message: Message<'releaseLicenseCode'> = {
    activity: 'releaseLicenseCode',
    license: license.code,
    orderId,
    orderLineId: orderId === null ? null : lineOf(orderId),
    testFlag: realTraffic,
  };
  return { activity: message.activity, license: license.code, command: null, orderId, body: composeBody(message) };
}

const superseded: Readonly<Partial<Record<ActivityName, readonly ActivityName[]>>> = {
  updateLicenseCodeStatus: ['updateLicenseCodeStatus'],
  releaseLicenseCode: ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'],
};

/** The calls of the same code whose retries end when this activity is called, because they no longer say what is true. */
export const supersededBy = (activity: ActivityName): readonly ActivityName[] => superseded[activity] ?? [];
