import type { Call, Message } from '../flow/call.ts';
import type { Names } from '../flow/names.ts';
import { call } from './license.ts';

/** The calls about an instance, as the store sends them. */

export const purchase = (names: Names, more: Message = {}): Call =>
  call({ activity: 'newInstance', businessId: names.id('biz'), ...names.order(), testFlag: '0', ...more });

export const query = (instanceId: string, more: Message = {}): Call =>
  call({ activity: 'queryInstance', instanceId, testFlag: '0', ...more });

export const refresh = (names: Names, instanceId: string, expireTime: string, more: Message = {}): Call =>
  call({
    activity: 'refreshInstance',
    expireTime,
    instanceId,
    ...names.order(),
    scene: 'RENEWAL',
    testFlag: '0',
    ...more,
  });

export const instanceStatus = (instanceId: string, status: string, more: Message = {}): Call =>
  call({ activity: 'updateInstanceStatus', instanceId, status, testFlag: '0', ...more });

export const releaseInstance = (instanceId: string, more: Message = {}): Call =>
  call({ activity: 'releaseInstance', instanceId, testFlag: '0', ...more });

export const upgrade = (names: Names, instanceId: string, more: Message = {}): Call =>
  call({ activity: 'upgradeInstance', instanceId, ...names.order(), testFlag: '0', ...more });

export const changeCheck = (instanceId: string, more: Message = {}): Call =>
  call({
    activity: 'changeInstanceCheck',
    instanceId,
    productInfo: [{ linearValue: 10, productId: 'P-2', skuCode: 'S-2' }],
    testFlag: '0',
    ...more,
  });
