import { eventTypes, type OrderInfo, type SellerEvent } from '@koobridge/contracts';
import type { Logger } from 'pino';
import type * as z from 'zod';
import { placeholder } from '../instances/decide.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Work } from '../ledger/work.ts';
import { lineLimit } from '../observe/line-limit.ts';
import { shortened } from '../observe/stray-errors.ts';
import type { Deliver, Delivery } from '../outbox/attempt.ts';
import type { StoredEvent } from '../outbox/outbox.ts';
import type { Rooms } from '../rooms.ts';
import { type StoreClient, sentenceOf } from '../store/client.ts';
import type { Delivery as BuyersDelivery, Job, ProvisioningHandlers } from './handlers.ts';
import { UsableDelivery, UsableOnlineLicense } from './usable.ts';

export interface ProvisioningNeed {
  readonly handlers: ProvisioningHandlers;
  readonly rooms: Rooms;
  /** Looks something up in a room. */
  readonly read: Ledger['read'];
  /** Absent where the seller gave no credentials for the store. */
  readonly store: StoreClient | undefined;
  /** Whether the store is a marketplace on this machine, which may get placeholders. */
  readonly rehearses: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
}

/** Of what handlers throw, told in a second. */
const linesPerSecond = 20;

/** The outbox channel that leads to the seller's provisioning handlers, and keeps what they make. */
export interface Provisioning {
  /** Whether somebody here acts on events of a type. */
  takes(type: string): boolean;
  readonly deliver: Deliver;
}

export function provisioning({ handlers, rooms, read, store, rehearses, now, log }: ProvisioningNeed): Provisioning {
  const lines = lineLimit(linesPerSecond, () => performance.now());
  const deliver = async (event: SellerEvent, signal: AbortSignal): Promise<Delivery> => {
    const job: Job = { idempotencyKey: event.id, signal };
    switch (event.type) {
      case 'instance.created':
      case 'instance.upgraded': {
        const { instanceId } = event.data;
        if (event.type === 'instance.created') {
          // Ready at once: a handler that answers had everything the buyer gets. Released: nobody gets anything any more.
          if ((await lifeOf(instanceId)) !== 'PENDING') return { ok: true };
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
          rooms.instances.deliver(instanceId, isNothing(delivery) ? undefined : delivery, now()),
        );
      }
      case 'license.requested': {
        const handler = handlers[event.type];
        const { eventId, instanceId } = event.data;
        const life = await lifeOf(instanceId);
        if (life === 'RELEASED') return { ok: true };
        if (life === 'PENDING') return { ok: false, problem: 'the instance is not made yet' };
        if (store === undefined) return noStore;
        if (handler === undefined && !rehearses) return noLicense;
        const made: unknown =
          handler === undefined ? { license: placeholder(instanceId).license } : await handler(event, job);
        const license = UsableOnlineLicense.safeParse(made);
        if (!license.success) return notUsable(license.error);
        const taken = await store.upload(eventId, license.data, signal);
        return taken.ok
          ? { ok: true, settle: () => rooms.applications.delivered(eventId, now()), touches: [instanceId] }
          : { ok: false, problem: sentenceOf(taken) };
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

  const lifeOf = async (instanceId: string): Promise<'PENDING' | 'READY' | 'RELEASED' | undefined> => {
    const instance = (await read(() => rooms.instances.find(instanceId)))?.instance;
    return instance?.status === 'RELEASED' ? 'RELEASED' : instance?.provisioning;
  };

  const orderOf = async (line: { orderId: string; orderLineId: string }): Promise<Known> => {
    if (store === undefined) return { ok: true, order: null };
    const order = await read(() => rooms.orders.find(line));
    if (order !== undefined) return { ok: true, order };
    const why = await read(() => rooms.orders.problem(line));
    return { ok: false, problem: `the store has not told the order yet${why === null ? '' : `: ${why}`}` };
  };

  return {
    takes: (type) => type === 'license.requested' || Object.hasOwn(handlers, type),
    deliver: (stored, signal) => {
      const event = sellerEvent(stored);
      return event === undefined
        ? Promise.resolve({ ok: false, problem: `events of type ${stored.type} are not known` })
        : deliver(event, signal).catch((error: unknown) => {
            // A seller's own error is of use only with what it says; the outbox keeps no more than its kind.
            const heldBack = signal.aborted ? undefined : lines.pass();
            if (heldBack !== undefined) {
              const more = heldBack > 0 && { heldBack };
              log.error({ handler: event.type, event: event.id, ...shortened(error), ...more }, 'a handler threw');
            }
            throw error;
          });
    },
  };
}

type Known = { readonly ok: true; readonly order: OrderInfo | null } | { readonly ok: false; readonly problem: string };

const noStore = {
  ok: false,
  problem: 'the License cannot be uploaded: STORE_URL, STORE_AK and STORE_SK are not set',
} as const;

const noLicense = {
  ok: false,
  problem: 'there is no handler license.requested to make the License, and a placeholder is for rehearsals only',
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

/** Whether an answer has nothing to tell, so that what is there stays. */
const isNothing = (delivery: BuyersDelivery | undefined): boolean =>
  delivery?.appInfo === undefined && delivery?.license === undefined;

/** Names the members that are wrong, and none of their values. */
const notUsable = ({ issues }: z.ZodError): Delivery => ({
  ok: false,
  problem: `the handler’s answer is not usable: ${issues.flatMap(wrongMembers).join(', ')}`,
});

const wrongMembers = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `${[...issue.path, key].join('.')} is not known`)
    : [issue.path.join('.') || 'its type'];

function sellerEvent({ id, type, subject, createdAt, data }: StoredEvent): SellerEvent | undefined {
  if (!eventTypes.some((known) => known === type)) return undefined;
  // The outbox holds what a room put there, sealed: an event of the catalogue with its data.
  return { id, type, subject, timestamp: new Date(createdAt).toISOString(), data } as SellerEvent;
}
