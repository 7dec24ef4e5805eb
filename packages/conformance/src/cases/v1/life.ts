import type { Draft } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Call } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import { v1About, v1Refresh, v1Upgrade } from '../../messages/v1.ts';
import { type Text, text } from '../../text.ts';
import { namesMember } from '../shared/members.ts';
import { inMemory } from '../shared/restart.ts';
import { boughtInstance } from './bought.ts';
import { type V1LifeSubject, v1Instances, v1Licenses } from './life-subject.ts';

const { near, later } = moments;
const retries = text('The store repeats a call whose answer it did not get.', '云商店会重发未收到应答的调用。');

const repeated = (
  slug: string,
  clause: ClauseId,
  requirement: Text,
  compose: (flow: Flow) => Promise<Call>,
): Draft => ({
  slug,
  level: 'MUST',
  clause,
  requirement,
  why: retries,
  run: async (flow) => {
    const call = await compose(flow);
    await flow.send(call).accepted();
    await flow.send(call).accepted();
  },
});

/** The same again (R15, R25). */
const idempotencyOf = (life: V1LifeSubject): readonly Draft[] => [
  repeated(
    'refresh-repeated',
    'debugging page',
    text('A renewal that is repeated succeeds.', '重复的续费成功。'),
    async (flow) => life.renewal(flow.names, (await life.fresh(flow)).instanceId, near.written),
  ),
  repeated(
    'expire-repeated',
    'debugging page',
    text('An expiry that is repeated succeeds.', '重复的过期成功。'),
    async (flow) => life.expiry(await life.fresh(flow)),
  ),
  repeated(
    'release-repeated',
    'debugging page',
    text('A release that is repeated succeeds.', '重复的释放成功。'),
    async (flow) => life.release(await life.fresh(flow)),
  ),
  {
    slug: 'other-instance-same-order',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'A renewal order that comes again for another instance is answered 000002, naming instanceId.',
      '同一续费订单用于另一实例时应答 000002，并指明 instanceId。',
    ),
    why: text('One payment would renew two instances.', '一次付款会续费两个实例。'),
    run: async (flow) => {
      const { send, names } = flow;
      const { orderId } = names.order();
      const [one, two] = [await life.fresh(flow), await life.fresh(flow)];
      await send(life.renewal(names, one.instanceId, near.written, { orderId })).given();
      const again = life.renewal(names, two.instanceId, near.written, { orderId });
      namesMember(await send(again).answeredWith('000002'), 'instanceId');
    },
  },
];

/** What a call does to a life, and what is not there (R16 to R19, R25). */
const orderOf = (life: V1LifeSubject): readonly Draft[] => [
  {
    slug: 'renewal',
    level: 'MUST',
    clause: life.pages.renewal,
    requirement: text('A renewal sets the expiry.', '续费更新到期时间。'),
    why: text('The customer has paid for it.', '客户已为此付费。'),
    run: async (flow) => {
      const { instanceId } = await life.fresh(flow);
      await flow.send(life.renewal(flow.names, instanceId, near.written)).accepted();
      await flow.state('instances', instanceId).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'expiry',
    level: 'MUST',
    clause: life.pages.expiry,
    requirement: text(`${life.activities.expiry} freezes.`, `${life.activities.expiry} 冻结实例。`),
    why: text('What is no longer paid for stays usable otherwise.', '否则到期后仍可继续使用。'),
    run: async (flow) => {
      const bought = await life.fresh(flow);
      await flow.send(life.expiry(bought)).accepted();
      await flow.state('instances', bought.instanceId).is({ status: 'FROZEN' });
    },
  },
  {
    slug: 'renewal-unfreezes',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text('A renewal after the expiry makes usable again.', '到期之后的续费恢复可用。'),
    why: text(
      'No call of V1 takes an expiry back, and the customer has paid.',
      'V1 没有撤销过期的调用，而客户已付费。',
    ),
    run: async (flow) => {
      const bought = await life.fresh(flow);
      await flow.send(life.expiry(bought)).given();
      await flow.send(life.renewal(flow.names, bought.instanceId, later.written)).accepted();
      await flow.state('instances', bought.instanceId).is({ status: 'ACTIVE', expiresAt: later.ms });
    },
  },
  {
    slug: 'release',
    level: 'MUST',
    clause: life.pages.release,
    requirement: text('A release ends the instance.', '释放终止实例。'),
    why: text('It costs you, and nobody pays for it.', '资源仍在消耗成本，却无人付费。'),
    run: async (flow) => {
      const bought = await life.fresh(flow);
      await flow.send(life.release(bought)).accepted();
      await flow.state('instances', bought.instanceId).is({ status: 'RELEASED' });
    },
  },
  {
    slug: 'renewal-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('A new renewal after the release is answered 000003.', '释放之后的新续费应答 000003。'),
    why: text('What was released must not come back.', '已释放的实例不得恢复。'),
    run: async (flow) => {
      const bought = await life.fresh(flow);
      await flow.send(life.release(bought)).given();
      await flow.send(life.renewal(flow.names, bought.instanceId, near.written)).answeredWith('000003');
    },
  },
  {
    slug: 'expiry-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('An expiry after the release succeeds.', '释放之后的过期调用成功。'),
    why: text(
      'The calls may overtake each other; a refusal is retried for an hour.',
      '调用可能乱序；拒绝会被重试一小时。',
    ),
    run: async (flow) => {
      const bought = await life.fresh(flow);
      await flow.send(life.release(bought)).given();
      await flow.send(life.expiry(bought)).accepted();
    },
  },
  unknown('unknown-refresh', life.activities.renewal, ({ names }) =>
    life.renewal(names, names.id('unknown'), near.written),
  ),
  unknown('unknown-expire', life.activities.expiry, ({ names }) =>
    life.expiry({ instanceId: names.id('unknown'), orderId: names.order().orderId }),
  ),
  unknown('unknown-release', life.activities.release, ({ names }) =>
    life.release({ instanceId: names.id('unknown'), orderId: names.order().orderId }),
  ),
];

function unknown(slug: string, activity: string, compose: (flow: Flow) => Call): Draft {
  return {
    slug,
    level: 'SHOULD',
    clause: 'R19',
    requirement: text(
      `${activity} of an unknown instance is answered 000003.`,
      `对未知实例的 ${activity} 应答 000003。`,
    ),
    why: text('Success would hide that an order was lost.', '应答成功会掩盖订单丢失。'),
    mistake: text(
      'The instance is looked up and used without asking whether it was found.',
      '查询实例后未判断是否找到就直接使用。',
    ),
    run: async (flow) => flow.send(compose(flow)).answeredWith('000003'),
  };
}

/** What was acknowledged is there after a restart (R20). */
const restartOf = (life: V1LifeSubject): Draft => ({
  slug: 'state',
  level: 'SHOULD',
  clause: 'R20',
  requirement: text(
    'What was acknowledged before a restart is there after it.',
    '重启之前已应答成功的内容在重启后依然存在。',
  ),
  why: text('The store does not repeat what succeeded.', '云商店不会重发已成功的调用。'),
  mistake: inMemory,
  alone: true,
  run: async (flow) => {
    const bought = await life.fresh(flow);
    await flow.send(life.renewal(flow.names, bought.instanceId, near.written)).given();
    await flow.send(life.release(bought)).given();
    await flow.restart();
    await flow.send(life.release(bought)).answeredWith('000000');
    await flow.send(life.renewal(flow.names, bought.instanceId, later.written)).answeredWith('000003');
  },
});

export const idempotency: readonly Draft[] = [
  ...idempotencyOf(v1Instances),
  repeated(
    'upgrade-repeated',
    'debugging page',
    text('An upgrade that is repeated succeeds.', '重复的升级成功。'),
    async (flow) => v1Upgrade(flow.names, await boughtInstance(flow)),
  ),
  repeated(
    'status-repeated',
    'debugging page',
    text('A status that is set again succeeds.', '重复设置相同的状态成功。'),
    async (flow) => v1About('instanceStatus', await boughtInstance(flow), { instanceStatus: 'FREEZE' }),
  ),
];

export const order: readonly Draft[] = [
  ...orderOf(v1Instances),
  {
    slug: 'status',
    level: 'MUST',
    clause: 'V1 status page',
    requirement: text('FREEZE freezes, and NORMAL makes usable again.', 'FREEZE 冻结实例，NORMAL 恢复可用。'),
    why: text('V1 says NORMAL where 2.0 says UNFREEZE.', 'V1 使用 NORMAL，而 2.0 使用 UNFREEZE。'),
    run: async (flow) => {
      const instanceId = await boughtInstance(flow);
      await flow.send(v1About('instanceStatus', instanceId, { instanceStatus: 'FREEZE' })).accepted();
      await flow.state('instances', instanceId).is({ status: 'FROZEN' });
      await flow.send(v1About('instanceStatus', instanceId, { instanceStatus: 'NORMAL' })).accepted();
      await flow.state('instances', instanceId).is({ status: 'ACTIVE' });
    },
  },
  {
    slug: 'cancellation',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text(
      'A refreshInstance with a negative orderAmount is a cancellation: the earlier expiry holds.',
      'orderAmount 为负的 refreshInstance 表示取消续费：以较早的到期时间为准。',
    ),
    why: text('Otherwise the customer keeps the time that was refunded.', '否则客户会保留已退款的时长。'),
    run: async (flow) => {
      const { send, names, state } = flow;
      const instanceId = await boughtInstance(flow);
      await send(v1Refresh(names, instanceId, later.written, { orderAmount: '100.00' })).given();
      await send(v1Refresh(names, instanceId, near.written, { orderAmount: '-100.00' })).accepted();
      await state('instances', instanceId).is({ expiresAt: near.ms });
    },
  },
  unknown('unknown-query', 'queryInstance', ({ names }) => v1About('queryInstance', names.id('unknown'))),
  unknown('unknown-upgrade', 'upgrade', ({ names }) => v1Upgrade(names, names.id('unknown'))),
  unknown('unknown-status', 'instanceStatus', ({ names }) =>
    v1About('instanceStatus', names.id('unknown'), { instanceStatus: 'FREEZE' }),
  ),
];

export const licenseIdempotency: readonly Draft[] = idempotencyOf(v1Licenses);
export const licenseOrder: readonly Draft[] = orderOf(v1Licenses);
export const state: readonly Draft[] = [restartOf(v1Instances)];
export const licenseState: readonly Draft[] = [restartOf(v1Licenses)];
