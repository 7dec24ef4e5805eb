import type { Draft } from '../../case.ts';
import type { Call } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
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
import { text } from '../../text.ts';
import { idempotencyOf } from '../shared/idempotency.ts';
import { orderOf } from '../shared/life-order.ts';
import type { LifeSubject } from '../shared/life-subject.ts';
import { restartOf } from '../shared/restart.ts';
import { instance, instanceIdIn } from './instance.ts';

const instanceLife: LifeSubject = {
  kind: 'instances',
  pages: { renewal: 'refresh page', status: 'instance status page', release: 'instance release page' },
  fresh: instance,
  renewal: (names, id, expireTime, more) => refresh(names, id, expireTime, more),
  status: (id, status) => instanceStatus(id, status),
  release: (id) => releaseInstance(id),
};

export const idempotency: readonly Draft[] = [
  ...idempotencyOf(instanceLife),
  {
    slug: 'upgrade-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('An upgrade that is repeated succeeds.', '重复的升级成功。'),
    why: text('The store repeats it for three hours, then refunds the buyer.', '云商店会重试三小时，之后向买家退款。'),
    run: async (flow) => {
      const call = upgrade(flow.names, await instance(flow));
      await flow.send(call).accepted();
      await flow.send(call).accepted();
    },
  },
];

const unknown = (slug: string, compose: (names: Names, id: string) => Call): Draft => ({
  slug: `unknown-${slug}`,
  level: 'SHOULD',
  clause: 'R19',
  requirement: text(`${slug} of an unknown instance is answered 000003.`, `对未知实例的 ${slug} 应答 000003。`),
  why: text(
    'Success would hide that an order was lost; an HTTP 500 reads as an outage.',
    '应答成功会掩盖订单丢失；HTTP 500 会被视为故障。',
  ),
  mistake: text(
    'The instance is looked up and used without asking whether it was found.',
    '查询实例后未判断是否找到就直接使用。',
  ),
  run: async ({ send, names }) => send(compose(names, names.id('unknown'))).answeredWith('000003'),
});

const released = (
  slug: string,
  requirement: ReturnType<typeof text>,
  compose: (names: Names, id: string) => Call,
): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R18',
  requirement,
  why: text('What was released must not come back.', '已释放的实例不得恢复。'),
  run: async (flow) => {
    const id = await instance(flow);
    await flow.send(releaseInstance(id)).given();
    await flow.send(compose(flow.names, id)).answeredWith('000003');
  },
});

export const restart: readonly Draft[] = restartOf(instanceLife);

/** The life of an instance, and what becomes of one that is not there (R16–R19). */
export const order: readonly Draft[] = [
  ...orderOf(instanceLife),
  unknown('query', (_names, id) => query(id)),
  unknown('refresh', (names, id) => refresh(names, id, moments.near.written)),
  unknown('status', (_names, id) => instanceStatus(id, 'FREEZE')),
  unknown('release', (_names, id) => releaseInstance(id)),
  unknown('upgrade', (names, id) => upgrade(names, id)),
  unknown('check', (_names, id) => changeCheck(id)),
  released(
    'query-after-release',
    text('A query of a released instance is answered 000003.', '对已释放实例的查询应答 000003。'),
    (_names, id) => query(id),
  ),
  released(
    'upgrade-after-release',
    text('An upgrade of a released instance is answered 000003.', '对已释放实例的升级应答 000003。'),
    upgrade,
  ),
  {
    slug: 'create-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text(
      'A creation that is repeated after the release gets its old instanceId.',
      '释放之后重复的创建得到原来的 instanceId。',
    ),
    why: text(
      'A late repeat would otherwise make an instance that nobody pays for.',
      '否则迟到的重复会产生无人付款的实例。',
    ),
    run: async (flow) => {
      const call = purchase(flow.names);
      const id = instanceIdIn(await flow.send(call).given());
      await flow.send(releaseInstance(id)).given();
      const again = instanceIdIn(await flow.send(call).answeredWith('000000'));
      await flow.send(query(again)).answeredWith('000003');
    },
  },
  {
    slug: 'upgrade',
    level: 'MUST',
    clause: 'upgrade page',
    requirement: text('An upgrade is answered with success.', '升级应答成功。'),
    why: text('The buyer has paid for it.', '买家已为此付款。'),
    run: async (flow) => flow.send(upgrade(flow.names, await instance(flow))).accepted(),
  },
  {
    slug: 'check-answered',
    level: 'MUST',
    clause: 'change check page',
    requirement: text(
      'The question whether an instance can be changed gets a result.',
      '能否变更实例的询问得到结果码。',
    ),
    why: text('The buyer cannot renew with a change before it is answered.', '未得到应答，买家无法进行续费变更。'),
    run: async (flow) => flow.send(changeCheck(await instance(flow))).wellFormed(),
  },
];
