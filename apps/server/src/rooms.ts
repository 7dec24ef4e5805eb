import type { DatabaseSync } from 'node:sqlite';
import type { Questions } from './confirmation/questions.ts';
import { type FactFinder, type Facts, noFacts } from './facts/facts.ts';
import { type LicenseApplications, sqliteLicenseApplications } from './instances/applications.ts';
import type { InstanceRules } from './instances/decide.ts';
import { instanceIdOf } from './instances/instance.ts';
import { type Instances, sqliteInstances } from './instances/instances.ts';
import type { Ledger } from './ledger/ledger.ts';
import { sqliteOrderLines } from './ledger/order-lines.ts';
import type { Answered } from './ledger/receipts.ts';
import type { Rules } from './licenses/decide.ts';
import { type Licenses, sqliteLicenses } from './licenses/licenses.ts';
import { type Orders, sqliteOrders } from './orders/orders.ts';
import type { Announce } from './outbox/new-event.ts';
import type { CallToken, StoreCall } from './production/call.ts';
import { type Command, commandOf, type Reading } from './production/commands.ts';
import { v1Line } from './production/v1-commands.ts';
import type { StorageCipher } from './storage/cipher.ts';
import { sqliteTenants, type Tenants } from './tenants/tenants.ts';

/** The rooms of all subjects. */
export interface Rooms {
  readonly licenses: Licenses;
  readonly instances: Instances;
  readonly applications: LicenseApplications;
  readonly orders: Orders;
  readonly tenants: Tenants;
  /** Inside a transaction: carries a command out. `now` in milliseconds since the epoch. */
  apply(command: Command, now: number): Answered;
}

export interface RoomsNeed {
  readonly connection: DatabaseSync;
  readonly cipher: StorageCipher;
  readonly questions: Questions;
  readonly announce: Announce;
  /** Whether the seller gave credentials for the store. */
  readonly asksStore: boolean;
  readonly rules: Rules & InstanceRules;
}

export function openRooms({ connection, cipher, questions, announce, asksStore, rules }: RoomsNeed): Rooms {
  const orderLines = sqliteOrderLines(connection);
  const common = { orderLines, questions, announce };
  const licenses = sqliteLicenses(connection, { ...common, rules: { ...rules, verifyAdoptions: asksStore } });
  const instances = sqliteInstances(connection, { ...common, cipher, rules, asksStore });
  const applications = sqliteLicenseApplications(connection, instances, announce);
  const orders = sqliteOrders(connection, { ...common, cipher, asksStore });
  const tenants = sqliteTenants(connection, cipher, announce);
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
export type Work = (now: number) => Answered;

/** Turns calls into work, after asking what their decision needs to know. */
export function workOf(rooms: Rooms, facts: FactFinder, reading: Reading, need: Ahead) {
  return (call: StoreCall, token: CallToken): Work | Promise<Work> => {
    const work = (known: Facts): Work | Promise<Work> => {
      const command = commandOf(call, token, known, reading);
      if (command.room !== 'tenants' || command.command.changes.length < 2 || need.isTaken(token)) {
        return (now) => rooms.apply(command, now);
      }
      return rooms.tenants
        .applyAhead(command.command, need.ledger)
        .then((rest) => (now) => rooms.apply({ room: 'tenants', command: rest }, now));
    };
    const asked = factsFor(call, rooms.instances, facts);
    return asked === undefined ? work(noFacts) : asked.then(work);
  };
}

/** What the long lists of the Kit need to be carried out ahead. */
export interface Ahead {
  readonly ledger: Pick<Ledger, 'run'>;
  /** Whether a token was used before, which must change nothing. */
  readonly isTaken: (token: CallToken) => boolean;
}

/** What a call's decision needs to know; undefined where it needs nothing, or there is nobody to ask. */
function factsFor(call: StoreCall, instances: Instances, facts: FactFinder): Promise<Facts> | undefined {
  if (call.through === 'kit') return undefined;
  const { request } = call;
  switch (request.activity) {
    case 'newInstance':
    case 'getLicense': {
      const line = 'orderLineId' in request ? request : v1Line(request);
      const instanceId = instanceIdOf(line.orderId, line.orderLineId);
      if (instances.find(instanceId) !== undefined) return undefined; // applied before: nothing is left to be admitted
      const { orderId } = request;
      return facts.create({ orderId, orderLineId: 'orderLineId' in request ? request.orderLineId : '', instanceId });
    }
    case 'queryInstance':
      return areKnown(instances, request.instanceId) ? facts.usage(request.instanceId) : undefined;
    case 'changeInstanceCheck':
      return areKnown(instances, [request.instanceId])
        ? facts.change(request.instanceId, request.productInfo)
        : undefined;
    default:
      return undefined;
  }
}

/** Whether all of them are there to be told of; where one is not, the answer is clear already (R18, R19). */
const areKnown = (instances: Instances, ids: readonly string[]): boolean =>
  ids.every((id) => {
    const stored = instances.find(id);
    return stored !== undefined && stored.instance.status !== 'RELEASED';
  });
