import * as z from 'zod';
import { KitUser } from '../kit/user.ts';

/** An instant, ISO 8601 in UTC. */
const instant = z.string();
const id = z.string();

const orderLine = { orderId: id, orderLineId: id };

/** `scene` is the store's word; V1 tells a renewal from its cancellation by the order's amount, if at all (R25). */
const refreshed = {
  ...orderLine,
  scene: z.enum(['RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'TRIAL_TO_FORMAL', 'RENEWAL_CHANGE', 'UNSTATED']),
  /** The product of the new period type, where the renewal changes it. */
  productId: id.nullable(),
  /** The expiry as it is from now on, which R16 may have chosen over the one that was sent. */
  expiresAt: instant,
};

const statusChanged = { status: z.enum(['ACTIVE', 'FROZEN']) };

/** The order of the unsubscription that caused the release, where one did. */
const released = { orderId: id.nullable(), orderLineId: id.nullable() };

/** The instance is empty while the seller applies for a credential. */
const tenant = { instanceId: id, tenantId: id };
const change = z.enum(['added', 'modified', 'deleted']);
/** `parentCode` is empty for a department at the top. */
const department = { orgCode: id, orgName: z.string(), parentCode: z.string() };

/**
 * Everything the server tells the seller's own systems, by the `type` of the event: what changed, never a credential.
 * Sent as the `data` of a Standard Webhooks message and given to provisioning handlers.
 */
export const eventData = {
  'license.refreshed': z.object({ code: id, ...refreshed }),
  'license.status_changed': z.object({ code: id, ...statusChanged }),
  'license.released': z.object({ code: id, ...released }),
  /** A buyer paid; the instance has to be made. `purchase` is what a V1 call said of the order and the buyer. */
  'instance.created': z.object({
    instanceId: id,
    ...orderLine,
    businessId: id,
    purchase: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  }),
  /** The store's query is answered from now on. */
  'instance.ready': z.object({ instanceId: id }),
  'instance.refreshed': z.object({ instanceId: id, ...refreshed }),
  'instance.status_changed': z.object({ instanceId: id, ...statusChanged }),
  'instance.released': z.object({ instanceId: id, ...released }),
  'instance.upgraded': z.object({ instanceId: id, ...orderLine }),
  /** A buyer applied for an online License; times as the store wrote them. */
  'license.requested': z.object({
    eventId: id,
    instanceId: id,
    effectiveTime: z.string(),
    expireTime: z.string().nullable(),
    deviceFingerprint: z.string().nullable(),
  }),
  /** The store has taken the License. */
  'license.delivered': z.object({ eventId: id, instanceId: id }),
  'order.notified': z.object(orderLine),
  'tenant.synced': z.object({
    ...tenant,
    change,
    orderId: id,
    tenantCode: id,
    name: z.string(),
    /** Base of the login APIs of this tenant, with its scheme. */
    domainName: z.string(),
  }),
  'application.synced': z.object({ ...tenant, change, appId: id, clientId: id }),
  /** `cancelled`: the users may no longer use the application. */
  'users.synced': z.object({
    ...tenant,
    change: z.enum(['added', 'modified', 'deleted', 'cancelled']),
    appId: id,
    users: z.array(KitUser),
  }),
  'department.synced': z.object({ ...tenant, change, ...department }),
  /** The whole organisation as it was when the application was bound. */
  'departments.synced': z.object({ ...tenant, departments: z.array(z.object(department)) }),
} as const;

export type EventType = keyof typeof eventData;
export type EventData<Type extends EventType = EventType> = { [T in Type]: z.output<(typeof eventData)[T]> }[Type];

/** One event, as it is sent: the same `id` at every attempt. */
export type SellerEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    readonly id: string;
    readonly type: T;
    /** When the change was committed, ISO 8601 in UTC. */
    readonly timestamp: string;
    /** The license, instance, order or tenant it is about; events of one subject arrive in order. */
    readonly subject: string;
    readonly data: EventData<T>;
  };
}[Type];

export const eventTypes = Object.keys(eventData) as EventType[]; // the keys of a literal are exactly its type's
