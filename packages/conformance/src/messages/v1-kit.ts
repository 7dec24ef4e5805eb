import { type KitActivityName, v1KitPath } from '@koobridge/contracts';
import type { Call, Message } from '../flow/call.ts';
import type { Names } from '../flow/names.ts';

/** The Kit's calls of the retired V1: POST, lists as texts, `timeStamp` and the header `authToken` added when signed. */

const v1KitCall = (name: KitActivityName, names: Names, message: Message): Call => ({
  carrier: 'v1-body',
  subPath: v1KitPath('', name),
  message: { instanceId: names.id('instance'), tenantId: names.id('tenant'), testFlag: 0, ...message },
});

export const v1Tenant = (names: Names, more: Message = {}): Call =>
  v1KitCall('tenantSync', names, {
    domainName: 'https://acme.example',
    flag: 1,
    name: 'Acme',
    orderId: names.order().orderId,
    tenantCode: names.id('code'),
    ...more,
  });

export const v1Application = (names: Names, more: Message = {}): Call =>
  v1KitCall('applicationSync', names, {
    appId: names.id('app'),
    clientId: names.id('client'),
    clientSecret: 'bm90IGEgc2VjcmV0',
    flag: 1,
    ...more,
  });

const v1User = (names: Names): Message => ({
  enable: 'true',
  extension: { employeeType: '4' },
  name: 'Person',
  orgCode: '10000',
  role: 'user',
  userName: names.id('user'),
});

export const v1Authorization = (names: Names, more: Message = {}): Call =>
  v1KitCall('authSync', names, {
    appId: names.id('app'),
    currentSyncTime: '20310115200000000',
    flag: 1,
    userList: v1Users(names, 1),
    ...more,
  });

export const v1Users = (names: Names, count: number): string =>
  JSON.stringify(Array.from({ length: count }, () => v1User(names)));

export const v1Department = (names: Names, more: Message = {}): Call =>
  v1KitCall('singleOrgSync', names, {
    flag: 1,
    orgCode: names.id('org'),
    orgName: 'Department',
    parentCode: '',
    ...more,
  });

/** A department is called `name` here. */
export const v1Organisation = (names: Names, more: Message = {}): Call =>
  v1KitCall('allOrgSync', names, {
    orgInfo: JSON.stringify([{ name: 'Department', orgCode: '10000', parentCode: '' }]),
    ...more,
  });
