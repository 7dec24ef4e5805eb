import { eventTypes, type OrderInfo, type SellerEvent } from '@koobridge/contracts';
import type * as z from 'zod';
import { placeholder } from '../instances/decide.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Work } from '../ledger/work.ts';
import type { Deliver, Delivery } from '../outbox/attempt.ts';
import type { StoredEvent } from '../outbox/outbox.ts';
import type { Rooms } from '../rooms.ts';
import type { StoreClient } from '../store/client.ts';
import type { Job, ProvisioningHandlers } from './handlers.ts';
import { UsableDelivery, UsableOnlineLicense } from './usable.ts';

export interface ProvisioningNeed {
  readonly handlers: ProvisioningHandlers;
  readonly rooms: Rooms;
  /** Looks something up in a room. */
  readonly read: Ledger['read'];
  /** Absent where the seller gave no credentials for the store. */
  readonly store: StoreClient | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The outbox channel that leads to the seller's provisioning handlers, and keeps what they make. */
export interface Provisioning {
  /** Whether somebody here acts on events of a type. */
  takes(type: string): boolean;
  readonly deliver: Deliver;
}

export function provisioning({ handlers, rooms, read, store, now }: ProvisioningNeed): Provisioning {
  const deliver = async (event: SellerEvent, signal: AbortSignal): Promise<Delivery> => {
    const job: Job = { idempotencyKey: event.id, signal };
    switch (event.type) {
      case 'instance.created':
      case 'instance.upgraded': {
        const { instanceId } = event.data;
        if (event.type === 'instance.created') {
          // Ready at once: a handler that answers had everything the buyer gets.
          if (await isReady(instanceId)) return { ok: true };
          // A buyer waits for what only a handler can make, although the seller took it out of the configuration.
          if (handlers[event.type] === undefined) return { ok: false, problem: 'its handler is no longer configured' };
        }
        const known = await orderOf(event.data);
        if (!known.ok) return known;
        const made: unknown =
          event.type === 'instance.created'
            ? await handlers[event.type]?.(event, { ...job, order: known.order })
            : await handlers[event.type]?.(event, { ...job, order: known.order });
        return usable(UsableDelivery.optional(), made, (delivery) =>
          rooms.instances.deliver(instanceId, delivery, now()),
        );
      }
      case 'license.requested': {
        const handler = handlers[event.type];
        const { eventId, instanceId } = event.data;
        const made: unknown =
          handler === undefined ? { license: placeholder(instanceId).license } : await handler(event, job);
        const license = UsableOnlineLicense.safeParse(made);
        if (!license.success) return notUsable(license.error);
        const taken = await (store?.upload(eventId, license.data, signal) ?? noStore);
        return taken.ok ? { ok: true, settle: () => rooms.applications.delivered(eventId, now()) } : taken;
      }
      case 'order.notified': {
        const known = await orderOf(event.data);
        if (!known.ok) return known;
        await handlers[event.type]?.(event, { ...job, order: known.order });
        return { ok: true };
      }
      case 'application.synced': {
        const clientSecret = await read(() => rooms.tenants.clientSecret(event.data, event.data.appId));
        await handlers[event.type]?.(event, { ...job, clientSecret });
        return { ok: true };
      }
      default:
        await call(handlers, event, job);
        return { ok: true };
    }
  };

  const isReady = async (instanceId: string): Promise<boolean> =>
    (await read(() => rooms.instances.find(instanceId)))?.instance.provisioning === 'READY';

  const orderOf = async (line: { orderId: string; orderLineId: string }): Promise<Known> => {
    if (store === undefined) return { ok: true, order: null };
    const order = await read(() => rooms.orders.find(line));
    return order === undefined ? { ok: false, problem: 'the store has not told the order yet' } : { ok: true, order };
  };

  return {
    takes: (type) => type === 'license.requested' || Object.hasOwn(handlers, type),
    deliver: (stored, signal) => {
      const event = sellerEvent(stored);
      return event === undefined
        ? Promise.resolve({ ok: false, problem: `events of type ${stored.type} are not known` })
        : deliver(event, signal);
    },
  };
}

type Known = { readonly ok: true; readonly order: OrderInfo | null } | { readonly ok: false; readonly problem: string };

const noStore = {
  ok: false,
  problem: 'the License cannot be uploaded: STORE_URL, STORE_AK and STORE_SK are not set',
} as const;

type Plain = Exclude<
  SellerEvent['type'],
  'instance.created' | 'instance.upgraded' | 'license.requested' | 'order.notified' | 'application.synced'
>;

/** A handler that gets nothing but the event, and whose answer is not looked at. */
async function call<Type extends Plain>(handlers: ProvisioningHandlers, event: SellerEvent<Type>, job: Job) {
  // The event carries the very type that picks its handler, which the compiler cannot follow through a union.
  const handler = handlers[event.type] as ((event: SellerEvent<Type>, job: Job) => unknown) | undefined;
  await handler?.(event, job);
}

function usable<S extends z.ZodType>(schema: S, made: unknown, keep: (value: z.output<S>) => Work<void>): Delivery {
  const parsed = schema.safeParse(made);
  return parsed.success ? { ok: true, settle: () => keep(parsed.data) } : notUsable(parsed.error);
}

/** Names the members that are wrong, and none of their values. */
const notUsable = ({ issues }: z.ZodError): Delivery => ({
  ok: false,
  problem: `the handler’s answer is not usable: ${issues.map(({ path }) => path.join('.') || 'its type').join(', ')}`,
});

function sellerEvent({ id, type, subject, createdAt, data }: StoredEvent): SellerEvent | undefined {
  if (!eventTypes.some((known) => known === type)) return undefined;
  // The outbox holds what a room put there, sealed: an event of the catalogue with its data.
  return { id, type, subject, timestamp: new Date(createdAt).toISOString(), data } as SellerEvent;
}
