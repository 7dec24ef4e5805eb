import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { type Flow, times } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import { v1About, v1Purchase, v1Refresh, v1Upgrade } from '../../messages/v1.ts';
import { literal, text } from '../../text.ts';
import { instanceIdIn } from '../saas/instance.ts';

const retries = text('The store repeats a call whose answer it did not get.', '云商店会重发未收到应答的调用。');

async function bought({ send, names }: Flow): Promise<string> {
  const { json } = await send(v1Purchase(names)).given();
  return String(json?.['instanceId']);
}

function same(ids: readonly string[]): void {
  const different = [...new Set(ids)];
  if (different.length === 1) return;
  throw new Deviation(text('one instanceId', '同一个 instanceId'), literal(different.slice(0, 3).join(', ')));
}

/** One order, one instance: an order of V1 has no line (R25). */
export const creation: readonly Draft[] = [
  {
    slug: 'id',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text(
      'A purchase answers an instanceId of 1 to 64 characters.',
      '新购应答 1 至 64 个字符的 instanceId。',
    ),
    why: text('Every later call names the instance by it.', '之后的每次调用都以其指明实例。'),
    run: async ({ send, names }) => instanceIdIn(await send(v1Purchase(names)).accepted()),
  },
  {
    slug: 'repeated',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text(
      'A repeated order gets the same instanceId, although its businessId differs.',
      '重复的订单得到相同的 instanceId，尽管 businessId 不同。',
    ),
    why: text('The buyer pays once and gets two instances.', '买家一次付款却得到两个实例。'),
    run: async ({ send, names }) => {
      const { orderId } = names.order();
      const first = instanceIdIn(await send(v1Purchase(names, { orderId })).accepted());
      same([first, instanceIdIn(await send(v1Purchase(names, { orderId })).accepted())]);
    },
  },
  {
    slug: '50-at-once',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text('50 repeats at once get one instanceId.', '同时到达的 50 次重复得到同一个 instanceId。'),
    why: text('The buyer pays once and gets two instances.', '买家一次付款却得到两个实例。'),
    mistake: text('The order is looked up and then inserted, in two steps.', '订单先查询后插入，分为两步。'),
    alone: true,
    run: async ({ send, names }) => {
      const { orderId } = names.order();
      same(await times(50, async () => instanceIdIn(await send(v1Purchase(names, { orderId })).accepted())));
    },
  },
];

/** The same again, and what is not there (R18, R19, R25). */
export const idempotency: readonly Draft[] = [
  {
    slug: 'refresh-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A renewal that is repeated succeeds.', '重复的续费成功。'),
    why: retries,
    run: async (flow) => {
      const call = v1Refresh(flow.names, await bought(flow), moments.near.written);
      await flow.send(call).accepted();
      await flow.send(call).accepted();
    },
  },
  {
    slug: 'expire-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('An expiry that is repeated succeeds.', '重复的过期成功。'),
    why: retries,
    run: async (flow) => {
      const call = v1About('expireInstance', await bought(flow));
      await flow.send(call).accepted();
      await flow.send(call).accepted();
    },
  },
  {
    slug: 'release-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A release that is repeated succeeds.', '重复的释放成功。'),
    why: retries,
    run: async (flow) => {
      const call = v1About('releaseInstance', await bought(flow));
      await flow.send(call).accepted();
      await flow.send(call).accepted();
    },
  },
  {
    slug: 'upgrade-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('An upgrade that is repeated succeeds.', '重复的升级成功。'),
    why: retries,
    run: async (flow) => {
      const call = v1Upgrade(flow.names, await bought(flow));
      await flow.send(call).accepted();
      await flow.send(call).accepted();
    },
  },
];

export const order: readonly Draft[] = (['queryInstance', 'expireInstance', 'releaseInstance'] as const).map(
  (activity): Draft => ({
    slug: `unknown-${activity.replace('Instance', '')}`,
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
    run: async ({ send, names }) => send(v1About(activity, names.id('unknown'))).answeredWith('000003'),
  }),
);
