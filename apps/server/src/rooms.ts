import { type OrderLineId, questions } from './confirmation/questions.ts';
import { type FactFinder, type Facts, noFacts } from './facts/facts.ts';
import { type LicenseApplications, openLicenseApplications } from './instances/applications.ts';
import type { InstanceRules } from './instances/decide.ts';
import { type Instances, openInstances, type StoredInstance } from './instances/instances.ts';
import type { Ledger } from './ledger/ledger.ts';
import { orderLineOf, orderLines } from './ledger/order-lines.ts';
import { type Answered, receipts } from './ledger/receipts.ts';
import type { Work } from './ledger/work.ts';
import type { Rules } from './licenses/decide.ts';
import { type Licenses, openLicenses } from './licenses/licenses.ts';
import { type Orders, openOrders } from './orders/orders.ts';
import type { Announce } from './outbox/new-event.ts';
import type { CallToken, StoreCall } from './production/call.ts';
import { type Command, commandOf, type Reading } from './production/commands.ts';
import { purchaseOf } from './production/purchase.ts';
import type { StorageCipher } from './storage/cipher.ts';
import { isLong, openTenants, type Tenants } from './tenants/tenants.ts';

/** The rooms of all subjects. */
export interface Rooms {
  readonly licenses: Licenses;
  readonly instances: Instances;
  readonly applications: LicenseApplications;
  readonly orders: Orders;
  readonly tenants: Tenants;
  /** Inside a transaction: carries a command out. `now` in milliseconds since the epoch. */
  apply(command: Command, now: number): Work<Answered>;
}

export interface RoomsNeed {
  readonly cipher: StorageCipher;
  readonly announce: Announce;
  /** Whether the seller gave credentials for the store. */
  readonly asksStore: boolean;
  readonly rules: Rules & InstanceRules;
}

export function openRooms({ cipher, announce, asksStore, rules }: RoomsNeed): Rooms {
  const common = { orderLines, questions, announce };
  const licenses = openLicenses({ ...common, rules: { ...rules, verifyAdoptions: asksStore } });
  const instances = openInstances({ ...common, cipher, rules, asksStore });
  const applications = openLicenseApplications(instances, announce);
  const orders = openOrders({ ...common, cipher, asksStore });
  const tenants = openTenants(cipher, announce);
  return {
    licenses,
    instances,
    applications,
    orders,
    tenants,
    apply(command, now) {
      switch (command.room) {
        case 'licenses':
          return licenses.apply(command.command, now);
        case 'instances':
          return 'question' in command ? instances.answer(command.question) : instances.apply(command.command, now);
        case 'applications':
          return applications.apply(command.application, now);
        case 'orders':
          return orders.notify(command.line, now);
        case 'tenants':
          return tenants.apply(command.command, now);
      }
    },
  };
}

/** A command that is ready to be carried out inside a transaction. */
export interface Prepared {
  /** What it changes, or may change. */
  readonly touches: readonly string[];
  work(now: number): Work<Answered>;
}

export interface PrepareNeed {
  readonly rooms: Rooms;
  readonly ledger: Pick<Ledger, 'read' | 'run'>;
  readonly facts: FactFinder;
  readonly reading: Reading;
}

/** Turns calls into work, after asking what their decision needs to know. */
export function prepareWith({ rooms, ledger, facts, reading }: PrepareNeed) {
  const find = (id: string) => ledger.read(() => rooms.instances.find(id));

  function prepared(command: Command): Prepared {
    return { touches: touchedBy(command), work: (now) => rooms.apply(command, now) };
  }

  /** A token that was used before must change nothing. */
  async function ahead(command: Extract<Command, { room: 'tenants' }>, token: CallToken): Promise<Prepared> {
    if (await ledger.read(() => receipts.isTaken(token))) return prepared(command);
    return prepared({ room: 'tenants', command: await rooms.tenants.applyAhead(command.command, ledger) });
  }

  return (call: StoreCall, token: CallToken): Prepared | Promise<Prepared> => {
    const preparedWith = (known: Facts): Prepared | Promise<Prepared> => {
      const command = commandOf(call, token, known, reading);
      return command.room === 'tenants' && isLong(command.command) ? ahead(command, token) : prepared(command);
    };
    const asked = factsFor(call, find, facts);
    return asked === undefined ? preparedWith(noFacts) : asked.then(preparedWith);
  };
}

/** What a command changes, or may change: the subject of its events, and the order line that it applies once. */
function touchedBy(command: Command): readonly string[] {
  switch (command.room) {
    case 'licenses': {
      const { license } = command.command;
      return command.command.activity === 'refreshLicenseCode' ? [license, lineOf(command.command)] : [license];
    }
    case 'instances': {
      if ('question' in command) return [];
      const { instanceId } = command.command;
      return 'line' in command.command ? [instanceId, lineOf(command.command.line)] : [instanceId];
    }
    case 'applications':
      return [command.application.instanceId, command.application.eventId];
    case 'orders':
      return [command.line.orderId, lineOf(command.line)];
    case 'tenants':
      return [command.command.tenantId];
  }
}

const lineOf = ({ orderId, orderLineId }: OrderLineId): string => `line ${JSON.stringify([orderId, orderLineId])}`;

type Find = (instanceId: string) => Promise<StoredInstance | undefined>;

/** What a call's decision needs to know; undefined where it needs nothing, or there is nobody to ask. */
function factsFor(call: StoreCall, find: Find, facts: FactFinder): Promise<Facts> | undefined {
  if (call.through === 'kit') return undefined;
  const { request } = call;
  switch (request.activity) {
    case 'newInstance':
    case 'getLicense': {
      const { line, instanceId } = purchaseOf(request);
      const { create } = facts;
      // Of one that was applied before nothing is left to be admitted.
      const isNew = async () => (await find(instanceId)) === undefined;
      return create && factsIf(isNew, () => create({ ...orderLineOf(line), instanceId }));
    }
    case 'queryInstance': {
      const { usage } = facts;
      const ids = request.instanceId;
      return (
        usage &&
        factsIf(
          () => areKnown(find, ids),
          () => usage(ids),
        )
      );
    }
    case 'changeInstanceCheck': {
      const { change } = facts;
      const { instanceId, productInfo } = request;
      return (
        change &&
        factsIf(
          () => areKnown(find, [instanceId]),
          () => change(instanceId, productInfo),
        )
      );
    }
    default:
      return undefined;
  }
}

const factsIf = async (isAsked: () => Promise<boolean>, ask: () => Promise<Facts>): Promise<Facts> =>
  (await isAsked()) ? ask() : noFacts;

/** Whether all of them are there to be told of; where one is not, the answer is clear already (R18, R19). */
async function areKnown(find: Find, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) {
    const stored = await find(id);
    if (stored === undefined || stored.instance.status === 'RELEASED') return false;
  }
  return true;
}
