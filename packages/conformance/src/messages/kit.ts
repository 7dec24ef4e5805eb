import { type KitActivityName, kitPath } from '@koobridge/contracts';
import type { Call, Message } from '../flow/call.ts';
import type { Names } from '../flow/names.ts';

/** The Kit's calls as the store sends them: told apart by their paths, signed in headers. */

const kitCall = (name: KitActivityName, message: Message): Call => ({
  carrier: 'kit',
  subPath: kitPath('', name),
  message,
});

/** `timeStamp` is UTC+8. */
const common = (names: Names): Message => ({
  instanceId: names.id('instance'),
  tenantId: names.id('tenant'),
  testFlag: 0,
  timeStamp: '20310115200000000',
});

export const tenant = (names: Names, more: Message = {}): Call =>
  kitCall('tenantSync', {
    ...common(names),
    domainName: 'https://acme.example',
    flag: 1,
    name: 'Acme',
    orderId: names.order().orderId,
    tenantCode: names.id('code'),
    ...more,
  });

export const application = (names: Names, more: Message = {}): Call =>
  kitCall('applicationSync', {
    ...common(names),
    appId: names.id('app'),
    clientId: names.id('client'),
    clientSecret: 'bm90IGEgc2VjcmV0',
    flag: 1,
    ...more,
  });

export const user = (names: Names): Message => ({
  email: 'user@acme.example',
  enable: 'true',
  mobile: '0',
  name: 'Person',
  orgCode: '10000',
  role: 'user',
  userName: names.id('user'),
});

export const authorization = (names: Names, more: Message = {}): Call =>
  kitCall('authSync', {
    ...common(names),
    appId: names.id('app'),
    currentSyncTime: '20310115200000000',
    flag: 1,
    userList: [user(names)],
    ...more,
  });

export const department = (names: Names, more: Message = {}): Call =>
  kitCall('singleOrgSync', {
    ...common(names),
    flag: 1,
    orgCode: names.id('org'),
    orgName: 'Department',
    parentCode: '',
    ...more,
  });

export const organisation = (names: Names, more: Message = {}): Call =>
  kitCall('allOrgSync', {
    ...common(names),
    orgInfoList: [{ orgCode: '10000', orgName: 'Department', parentCode: '' }],
    ...more,
  });
