import type { Draft } from '../../case.ts';
import type { Call } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import {
  changeCheck,
  instanceStatus,
  purchase,
  query,
  refresh,
  releaseInstance,
  upgrade,
} from '../../messages/saas.ts';
import { type Text, text } from '../../text.ts';
import { type MemberTable, memberCases } from '../shared/members.ts';
import { instance } from './instance.ts';

const scenes = ['RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'TRIAL_TO_FORMAL', 'RENEWAL_CHANGE'] as const;
const order = { orderId: { longest: 64 }, orderLineId: { longest: 64 } } as const;

const of =
  (compose: (flow: Flow, id: string) => Call) =>
  async (flow: Flow): Promise<Call> =>
    compose(flow, await instance(flow));

/** The seven interfaces of SaaS, member by member. */
export const saasTables: readonly MemberTable[] = [
  {
    slug: 'create',
    activity: 'newInstance',
    call: async ({ names }) => purchase(names),
    members: { ...order, businessId: { longest: 64 } },
  },
  {
    slug: 'query',
    activity: 'queryInstance',
    call: of((_flow, id) => query(id)),
    members: { instanceId: { longest: 64 } },
  },
  {
    slug: 'refresh',
    activity: 'refreshInstance',
    call: of(({ names }, id) => refresh(names, id, moments.near.written)),
    members: {
      ...order,
      scene: { words: scenes },
      instanceId: { longest: 64 },
      expireTime: { date: true },
      productId: { optional: true, longest: 64 },
    },
  },
  {
    slug: 'status',
    activity: 'updateInstanceStatus',
    call: of((_flow, id) => instanceStatus(id, 'FREEZE')),
    members: { instanceId: { longest: 64 }, status: { words: ['FREEZE', 'UNFREEZE'] } },
  },
  {
    slug: 'release',
    activity: 'releaseInstance',
    call: of((_flow, id) => releaseInstance(id)),
    members: {
      instanceId: { longest: 64 },
      orderId: { optional: true, longest: 64 },
      orderLineId: { optional: true, longest: 64 },
    },
  },
  {
    slug: 'upgrade',
    activity: 'upgradeInstance',
    call: of(({ names }, id) => upgrade(names, id)),
    members: { ...order, instanceId: { longest: 64 } },
  },
  {
    slug: 'check',
    activity: 'changeInstanceCheck',
    call: of((_flow, id) => changeCheck(id)),
    members: { instanceId: { longest: 64 }, productInfo: { structured: true } },
  },
];

const badList = (slug: string, what: Text, list: (id: string) => string): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R10',
  requirement: text(`queryInstance: ${what.en} is answered 000002.`, `queryInstance：${what.zh}时应答 000002。`),
  why: text(
    'Ids that nobody bought are looked up, and a hundred is the documented most.',
    '文档规定每次最多查询 100 个实例。',
  ),
  run: async (flow) => flow.send(query(list(await instance(flow)))).answeredWith('000002'),
});

/** What they may hold (R10, R13, R14). */
export const schema: readonly Draft[] = [
  ...memberCases(saasTables),
  badList('query-too-many', text('a list of 101 ids', '一次 101 个 id'), (id) => Array(101).fill(id).join(',')),
  badList('query-gap', text('a list with an empty id in it', '列表中含空 id'), (id) => `${id},,${id}`),
  {
    slug: 'refresh-scenes',
    level: 'MUST',
    clause: 'refresh page',
    requirement: text('All four scenes of a change of validity are known.', '有效期变更的四种场景均可识别。'),
    why: text(
      'A change upon renewal was added later, and fails on older servers.',
      '续费变更为后来新增，旧服务器会失败。',
    ),
    run: async (flow) => {
      for (const scene of scenes) {
        const id = await instance(flow);
        await flow.send(refresh(flow.names, id, moments.near.written, { scene })).accepted();
      }
    },
  },
  {
    slug: 'refresh-milliseconds',
    level: 'MUST',
    clause: 'refresh page',
    requirement: text(
      'An expireTime of 17 digits, with milliseconds, is accepted.',
      '含毫秒的 17 位 expireTime 被接受。',
    ),
    why: text('The page prints its example so.', '页面示例即为此格式。'),
    run: async (flow) => flow.send(refresh(flow.names, await instance(flow), `${moments.near.written}256`)).accepted(),
  },
  {
    slug: 'create-longest-texts',
    level: 'MUST',
    clause: 'creation page',
    requirement: text('Ids of the full 64 characters are accepted.', '长度为 64 个字符的 id 被接受。'),
    why: text('A shorter column cuts them off, and two orders become one.', '字段过短会截断 id，使两个订单混为一个。'),
    run: async ({ send, names }) => {
      const fill = (id: string) => id.padEnd(64, 'X');
      const { orderId, orderLineId } = names.order();
      const more = { orderId: fill(orderId), orderLineId: fill(orderLineId), businessId: fill(names.id('biz')) };
      return send(purchase(names, more)).accepted();
    },
  },
  {
    slug: 'status-variants',
    level: 'MAY',
    clause: 'R14',
    requirement: text('FROZEN and UNFROZEN are understood as well.', 'FROZEN 与 UNFROZEN 也能被理解。'),
    why: text('These spellings were seen in the wild.', '实际中出现过这些写法。'),
    run: async (flow) => {
      const id = await instance(flow);
      await flow.send(instanceStatus(id, 'FROZEN')).accepted();
      await flow.send(instanceStatus(id, 'UNFROZEN')).accepted();
    },
  },
  {
    slug: 'check-one-product',
    level: 'SHOULD',
    clause: 'R10',
    requirement: text('productInfo may be one object in place of a list.', 'productInfo 可以是单个对象而非列表。'),
    why: text('No page says which it is.', '没有页面说明其结构。'),
    run: async (flow) => {
      const call = changeCheck(await instance(flow), { productInfo: { productId: 'P-2' } });
      return flow.send(call).answeredWith('000000', '000004', '000005');
    },
  },
];
