import type { Draft } from '../../case.ts';
import { times } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import { text } from '../../text.ts';
import type { LifeSubject } from './life-subject.ts';
import { cancelled, known, retries } from './life-terms.ts';
import { conflict, namesMember } from './members.ts';

const { near, later } = moments;

/** The same call once more, with a token of its own (R15). */
export const idempotencyOf = (life: LifeSubject): readonly Draft[] => [
  {
    slug: 'renewal-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A renewal that is repeated is answered with success again.', '重复的续费再次应答成功。'),
    why: retries,
    run: async (flow) => {
      const { send, names } = flow;
      const call = life.renewal(names, await life.fresh(flow), near.written);
      await send(call).given();
      await send(call).accepted();
      await send(call).accepted();
    },
  },
  {
    slug: 'renewal-50-at-once',
    level: 'MUST',
    clause: 'R15',
    requirement: text('50 repeats of a renewal at once all succeed.', '同时到达的 50 次重复续费全部成功。'),
    why: retries,
    mistake: text(
      'The order line is looked up and then inserted, in two steps: the second of two repeats fails.',
      '订单行先查询后插入，分为两步：并发重复中的后者会失败。',
    ),
    alone: true,
    run: async (flow) => {
      const { send, names } = flow;
      const call = life.renewal(names, await life.fresh(flow), near.written);
      await times(50, () => send(call).accepted());
    },
  },
  {
    slug: 'freeze-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('FREEZE for a frozen resource succeeds.', '对已冻结的资源执行 FREEZE 成功。'),
    why: retries,
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.status(id, 'FREEZE')).given();
      await flow.send(life.status(id, 'FREEZE')).accepted();
    },
  },
  {
    slug: 'unfreeze-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('UNFREEZE for an active resource succeeds.', '对正常的资源执行 UNFREEZE 成功。'),
    why: retries,
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.status(id, 'UNFREEZE')).accepted();
    },
  },
  {
    slug: 'release-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A release that is repeated succeeds.', '重复的释放成功。'),
    why: retries,
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.release(id)).given();
      await flow.send(life.release(id)).accepted();
      await flow.send(life.release(id)).accepted();
    },
  },
  {
    slug: 'other-subject-same-line',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'An order line that comes again for another resource is answered 000002.',
      '同一订单行用于另一资源时应答 000002。',
    ),
    why: text('One payment would renew two resources.', '一次付款会续费两个资源。'),
    run: async (flow) => {
      const { send, names } = flow;
      const order = names.order();
      await send(life.renewal(names, await life.fresh(flow), near.written, order)).given();
      await send(life.renewal(names, await life.fresh(flow), near.written, order)).answeredWith('000002');
    },
  },
  {
    slug: 'other-expiry-same-line',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'An order line that comes again with another expiry is answered 000002.',
      '同一订单行携带另一到期时间时应答 000002。',
    ),
    why: text('One of the two is wrong, and nobody would notice.', '两者必有一错，却无人察觉。'),
    run: async (flow) => {
      const { send, names } = flow;
      const [order, id] = [names.order(), await life.fresh(flow)];
      await send(life.renewal(names, id, near.written, order)).given();
      await send(life.renewal(names, id, later.written, order)).answeredWith('000002');
    },
  },
  {
    slug: 'conflict-named',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'A repeat that means something else names the member in which it differs.',
      '含义不同的重复应答指明不同的成员。',
    ),
    why: text(
      'Somebody has to find out which of two orders is right, and has only this sentence.',
      '需要有人查明两者孰对孰错，而线索只有这句话。',
    ),
    run: async (flow) => {
      const { send, names } = flow;
      const [order, id, other] = [names.order(), await life.fresh(flow), await life.fresh(flow)];
      await send(life.renewal(names, id, near.written, order)).given();
      const otherSubject = await conflict(send(life.renewal(names, other, near.written, order)));
      namesMember(otherSubject, life.kind === 'licenses' ? 'license' : 'instanceId');
      const otherExpiry = await conflict(send(life.renewal(names, id, later.written, order)));
      namesMember(otherExpiry, 'expireTime');
    },
  },
  {
    slug: 'refusal-forgotten',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'An order line that was refused is decided anew when it comes right.',
      '曾被拒绝的订单行在内容正确时重新处理。',
    ),
    why: text(
      'The store repairs its message and retries; a remembered refusal fails for ever.',
      '云商店修正后会重试；记住拒绝会导致永远失败。',
    ),
    run: async (flow) => {
      const { send, names } = flow;
      const [order, id] = [names.order(), await life.fresh(flow)];
      await send(life.renewal(names, id, '20310230120000', order)).exchange();
      await send(life.renewal(names, id, near.written, order)).accepted();
    },
  },
  {
    slug: 'applied-once',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'An old renewal that is repeated after its cancellation changes nothing.',
      '取消续费之后重复旧的续费不产生变化。',
    ),
    why: text('A late repeat would give back what the buyer was refunded.', '迟到的重复会恢复已退款的续费。'),
    run: async (flow) => {
      const { send, names, state } = flow;
      const id = await life.fresh(flow);
      const first = life.renewal(names, id, later.written);
      await send(first).given();
      await send(life.renewal(names, id, near.written, cancelled)).given();
      await send(first).accepted();
      await state(life.kind, id).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'lines-of-one-order',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text('Two lines of one order are both applied.', '同一订单的两个订单行均生效。'),
    why: text('A key without the line loses the second resource.', '键中不含订单行会丢失第二个资源。'),
    run: async (flow) => {
      const { send, names, state } = flow;
      const { orderId } = names.order();
      const [one, two] = [await life.fresh(flow), await life.fresh(flow)];
      await send(life.renewal(names, one, near.written, { orderId, orderLineId: `${orderId}-000001` })).accepted();
      await send(life.renewal(names, two, later.written, { orderId, orderLineId: `${orderId}-000002` })).accepted();
      await state(life.kind, one).is({ expiresAt: near.ms });
      await state(life.kind, two).is({ expiresAt: later.ms });
    },
  },
  {
    slug: 'scenes-of-one-line',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'A cancellation that names the line of the renewal it cancels is applied.',
      '引用所取消续费订单行的取消续费同样生效。',
    ),
    why: text(
      'One page says that a cancellation names the renewal’s own order.',
      '有页面称取消续费引用的正是续费订单本身。',
    ),
    run: async (flow) => {
      const { send, names, state } = flow;
      const [order, id] = [names.order(), await life.fresh(flow)];
      await send(life.renewal(names, id, later.written, order)).given();
      await send(life.renewal(names, id, near.written, { ...order, ...cancelled })).accepted();
      await state(life.kind, id).is({ expiresAt: near.ms });
    },
  },
];
