import {
  application,
  changeCheck,
  instanceStatus,
  type Message,
  orderNotice,
  purchase,
  query,
  refreshInstance,
  releaseInstance,
  upgrade,
} from '../callbacks.ts';

/** One good call of every activity of SaaS, the online License and the order notice, about an instance. */
export const everyActivity = {
  newInstance: () => purchase(),
  queryInstance: (id) => query(id),
  refreshInstance: (id) => refreshInstance(id, '20270101000000'),
  updateInstanceStatus: (id) => instanceStatus(id, 'FREEZE'),
  releaseInstance: (id) => releaseInstance(id, { orderId: 'CS-R', orderLineId: 'CS-R-000001' }),
  upgradeInstance: (id) => upgrade(id),
  changeInstanceCheck: (id) => changeCheck(id),
  getLicenseAsync: (id) => application(id),
  orderNotify: () => orderNotice(),
} as const satisfies Readonly<Record<string, (instanceId: string) => Message>>;

export type InstanceActivity = keyof typeof everyActivity;
