import type { Message } from '../callbacks.ts';

/** The Kit calls as the store sends them, one of each interface, with names that occur nowhere else. */

export const instanceId = 'instance-of-acme';
const moment = { testFlag: 0, timeStamp: '20260115200000000' };
const about = (tenantId: string): Message => ({ instanceId, tenantId, ...moment });

export const tenant = (tenantId: string, more: Message = {}): Message => ({
  ...about(tenantId),
  orderId: 'CS-acme',
  tenantCode: 'acme-code',
  name: 'Acme Werke',
  domainName: 'https://acme-domain.example',
  flag: 1,
  ...more,
});

export const application = (tenantId: string, clientSecret: string, more: Message = {}): Message => ({
  ...about(tenantId),
  appId: 'app-1',
  clientId: 'client-of-acme',
  clientSecret,
  flag: 1,
  ...more,
});

export const user = (userName: string, more: Message = {}): Message => ({
  userName,
  name: `Person ${userName}`,
  orgCode: '10000',
  role: 'user',
  enable: 'true',
  mobile: `mobile-of-${userName}`,
  email: `${userName}@acme-mail.example`,
  ...more,
});

export const authorization = (tenantId: string, userList: unknown, more: Message = {}): Message => ({
  ...about(tenantId),
  appId: 'app-1',
  userList,
  currentSyncTime: '20260115200000000',
  flag: 1,
  ...more,
});

export const department = (tenantId: string, orgCode: string, more: Message = {}): Message => ({
  ...about(tenantId),
  orgCode,
  orgName: `Department ${orgCode}`,
  parentCode: '',
  flag: 1,
  ...more,
});

export const organisation = (tenantId: string, orgInfoList: unknown, more: Message = {}): Message => ({
  ...about(tenantId),
  orgInfoList,
  ...more,
});

export const orgInfo = (orgCode: string, more: Message = {}): Message => ({
  orgCode,
  orgName: `Department ${orgCode}`,
  parentCode: '',
  ...more,
});
