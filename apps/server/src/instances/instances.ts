import { type InstanceInfo, result, resultCode } from '@koobridge/contracts';
import type { OrderLineId, Questions } from '../confirmation/questions.ts';
import type { Delivery } from '../handlers/handlers.ts';
import { type LineKey, type OrderLines, orderLineOf } from '../ledger/order-lines.ts';
import { type Answered, lineOutcome } from '../ledger/receipts.ts';
import { statement, together, type Work } from '../ledger/work.ts';
import { done, notFound } from '../life/life.ts';
import { lifeOf } from '../life/tables.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { StorageCipher } from '../storage/cipher.ts';
import type { InstanceCommand, InstanceQuestion } from './command.ts';
import { decide, type InstanceRules } from './decide.ts';
import { instanceEvents, readyEvent } from './events.ts';
import type { Instance } from './instance.ts';
import type { InstanceRow } from './tables.ts';

/** The room of the instances. Everything but `find` runs inside a transaction; `now` in milliseconds since the epoch. */
export interface Instances {
  apply(command: InstanceCommand, now: number): Work<Answered>;
  answer(question: InstanceQuestion): Work<Answered>;
  find(instanceId: string): Work<StoredInstance | undefined>;
  /** Keeps what a provisioning handler made; without a delivery what is there stays. One that was pending is ready now. */
  deliver(instanceId: string, delivery: Delivery | undefined, now: number): Work<void>;
  /** Forgets what buyers got of up to 1,000 instances that were released before `instant`; returns how many. */
  pruneDeliveries(instant: number): Work<number>;
  /** Sets the expiry the store told. */
  correctExpiry(stored: StoredInstance, expiresAt: number, now: number): Work<void>;
  /** Takes the expiry of the order that made an instance as long as nothing better is known: the store computes it only roughly. */
  suggestExpiry(line: OrderLineId, expiresAt: number, now: number): Work<void>;
}

export interface StoredInstance {
  readonly instance: Instance;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly delivery: Delivery | undefined;
  readonly revision: number;
}

export interface InstancesNeed {
  readonly orderLines: OrderLines;
  readonly questions: Questions;
  readonly announce: Announce;
  readonly cipher: StorageCipher;
  readonly rules: InstanceRules;
  /** Whether the store can be asked for orders. */
  readonly asksStore: boolean;
}

const select = statement<InstanceRow>('SELECT * FROM instances WHERE instance_id = ?');
const ofOrder = statement<Pick<InstanceRow, 'instance_id'>>(
  'SELECT instance_id FROM instances WHERE order_id = ? AND order_line_id = ?',
);
const upsert = statement(
  `INSERT INTO instances (instance_id, order_id, order_line_id, status, expires_at, status_at, renewed, cancelled,
     provisioning, processing, delivery, revision, updated_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (instance_id) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at,
     status_at = excluded.status_at, renewed = excluded.renewed, cancelled = excluded.cancelled,
     provisioning = excluded.provisioning, delivery = excluded.delivery, revision = excluded.revision,
     updated_at = excluded.updated_at
   WHERE instances.revision = excluded.revision - 1`,
);
const prune = statement(
  `UPDATE instances SET delivery = NULL, revision = revision + 1 WHERE instance_id IN (SELECT instance_id FROM instances
     WHERE status = 'RELEASED' AND delivery IS NOT NULL AND updated_at < ? LIMIT 1000)`,
);

export function openInstances({ orderLines, questions, announce, cipher, rules, asksStore }: InstancesNeed): Instances {
  function* find(instanceId: string): Work<StoredInstance | undefined> {
    const row = yield* select.first(instanceId);
    if (row === undefined) return undefined;
    const delivery: Delivery | undefined =
      row.delivery === null ? undefined : JSON.parse(cipher.open(row.delivery, sealedFor(instanceId)));
    const { provisioning, processing } = row;
    const instance = { ...lifeOf(row), instanceId, provisioning, processing: processing === 1 };
    return { instance, orderId: row.order_id, orderLineId: row.order_line_id, delivery, revision: row.revision };
  }

  function* save({ instance, orderId, orderLineId, delivery, revision }: StoredInstance, now: number): Work<void> {
    const { instanceId, status, expiresAt, statusAt, renewed, cancelled, provisioning, processing } = instance;
    const sealed = delivery === undefined ? null : cipher.seal(JSON.stringify(delivery), sealedFor(instanceId));
    const life = [status, expiresAt, statusAt, Number(renewed), Number(cancelled)];
    yield* upsert.change(
      ...[instanceId, orderId, orderLineId, ...life, provisioning, Number(processing), sealed, revision + 1, now],
    );
  }

  const infoOf = (stored: StoredInstance, usage: InstanceInfo['usageInfo']): InstanceInfo => ({
    instanceId: stored.instance.instanceId,
    ...(stored.delivery?.appInfo === undefined ? {} : { appInfo: stored.delivery.appInfo }),
    ...(usage === undefined ? {} : { usageInfo: usage }),
  });

  return {
    find,
    *apply(command, now) {
      const key = lineKey(command);
      const [known, applied] = yield* together(find(command.instanceId), orderLines.find(key));
      const decision = decide(known?.instance, applied, command, rules);
      const { answer, instance, line, delivery = known?.delivery, confirmExpiry, conflict } = decision;
      if (instance !== undefined) {
        const line = known ?? (key && orderLineOf(key));
        yield* save(
          {
            instance,
            orderId: line?.orderId ?? '',
            orderLineId: line?.orderLineId ?? '',
            delivery,
            revision: known?.revision ?? 0,
          },
          now,
        );
      }
      if (key !== undefined && line !== undefined) {
        yield* orderLines.add(key, line, command.kind === 'refresh' ? command.productId : null, now);
        if (confirmExpiry === 'ask') yield* questions.expiry('instance', command.instanceId, orderLineOf(key), now);
        if (asksStore && command.kind !== 'refresh') yield* questions.order(orderLineOf(key), now);
      }
      if (confirmExpiry === 'withdraw') yield* questions.withdrawExpiry('instance', command.instanceId);
      for (const event of instanceEvents(known?.instance, decision, command)) yield* announce(event, now);
      const outcome = lineOutcome(applied !== undefined, conflict, line !== undefined);
      if (command.kind !== 'create' || !isTaken(answer.resultCode)) return { answer, conflict, line: outcome };
      const made = { ...answer, instanceId: command.instanceId, ...(delivery && { delivery }) };
      return { answer: made, line: outcome };
    },
    *answer(question) {
      const ids = question.kind === 'query' ? question.instanceIds : [question.instanceId];
      const found: StoredInstance[] = [];
      for (const id of ids) {
        const stored = yield* find(id);
        if (stored === undefined || stored.instance.status === 'RELEASED') return { answer: notFound }; // R18, R19
        found.push(stored);
      }
      if (question.kind === 'check') return { answer: checkAnswer(question.verdict) };
      const ready = found.filter(({ instance }) => instance.provisioning === 'READY');
      const info = ready.map((stored) => infoOf(stored, usageOf(question, stored.instance.instanceId)));
      const code = ready.length === found.length ? resultCode.success : resultCode.processing;
      return { answer: { ...result(code), info } };
    },
    *deliver(instanceId, delivery, now) {
      const stored = yield* find(instanceId);
      if (stored === undefined) return;
      const { provisioning, status } = stored.instance;
      const instance: Instance = { ...stored.instance, provisioning: 'READY' };
      yield* save({ ...stored, instance, delivery: delivery ?? stored.delivery }, now);
      // Of one that was released meanwhile the store is told nothing any more (R18).
      if (provisioning === 'PENDING' && status !== 'RELEASED') yield* announce(readyEvent(instanceId), now);
    },
    pruneDeliveries: (instant) => prune.run(instant),
    correctExpiry: (stored, expiresAt, now) => save({ ...stored, instance: { ...stored.instance, expiresAt } }, now),
    *suggestExpiry({ orderId, orderLineId }, expiresAt, now) {
      for (const { instance_id } of yield* ofOrder.all(orderId, orderLineId)) {
        const stored = yield* find(instance_id);
        if (stored?.instance.expiresAt !== null) continue;
        yield* save({ ...stored, instance: { ...stored.instance, expiresAt } }, now);
      }
    },
  };
}

const sealedFor = (instanceId: string): string => `instance ${instanceId}`;

const lineKey = (command: InstanceCommand): LineKey | undefined => ('line' in command ? command.line : undefined);

const isTaken = (code: string): boolean => code === resultCode.success || code === resultCode.processing;

const usageOf = ({ usage }: Extract<InstanceQuestion, { kind: 'query' }>, id: string): InstanceInfo['usageInfo'] => {
  const told = usage.get(id);
  return told === undefined ? undefined : [...told];
};

/** Which code says that a change is not possible is documented nowhere: the parameters are what cannot be met. */
function checkAnswer(verdict: Extract<InstanceQuestion, { kind: 'check' }>['verdict']) {
  if (verdict === undefined) return result(resultCode.internalError);
  return verdict.possible ? done : result(resultCode.invalidParameter, `productInfo: ${verdict.message}`);
}
