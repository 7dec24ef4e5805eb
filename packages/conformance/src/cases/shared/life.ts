import type { Draft } from '../../case.ts';
import type { Flow } from '../../flow/flow.ts';
import { times } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import { text } from '../../text.ts';
import type { LifeSubject } from './life-subject.ts';

const { near, later, latest } = moments;
const cancelled = { scene: 'UNSUBSCRIBE_RENEWAL_PERIOD' } as const;

const retries = text(
  'The store repeats a call whose answer it did not get; it must neither fail nor act twice.',
  '云商店会重发未收到应答的调用；重复调用既不能失败，也不能再次生效。',
);
const tooSoon = text(
  'Calls overtake each other on their way; the last to arrive is not the last that was meant.',
  '调用在途中会相互超越；最后到达的未必是最后发出的。',
);

/** A subject that was renewed once. */
async function known({ fresh, renewal }: LifeSubject, flow: Flow): Promise<string> {
  const id = await fresh(flow);
  await flow.send(renewal(flow.names, id, near.written)).given();
  return id;
}

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

/** What a call does, and what it does when it comes late (R16–R19). */
export const orderOf = (life: LifeSubject): readonly Draft[] => [
  {
    slug: 'renewal',
    level: 'MUST',
    clause: life.pages.renewal,
    requirement: text('A renewal moves the expiry.', '续费会更新到期时间。'),
    why: text('The buyer has paid for it.', '买家已为此付款。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.renewal(flow.names, id, later.written)).accepted();
      await flow.state(life.kind, id).is({ status: 'ACTIVE', expiresAt: later.ms });
    },
  },
  {
    slug: 'freeze',
    level: 'MUST',
    clause: life.pages.status,
    requirement: text('FREEZE freezes the resource.', 'FREEZE 会冻结资源。'),
    why: text('Losses from use after the expiry are yours.', '到期后继续使用造成的损失由商家承担。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.status(id, 'FREEZE')).accepted();
      await flow.state(life.kind, id).is({ status: 'FROZEN' });
    },
  },
  {
    slug: 'unfreeze',
    level: 'MUST',
    clause: life.pages.status,
    requirement: text('UNFREEZE makes the resource usable again.', 'UNFREEZE 使资源恢复可用。'),
    why: text('The buyer has renewed and cannot work.', '买家已续费却无法使用。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.status(id, 'FREEZE')).given();
      await flow.send(life.status(id, 'UNFREEZE')).accepted();
      await flow.state(life.kind, id).is({ status: 'ACTIVE' });
    },
  },
  {
    slug: 'release',
    level: 'MUST',
    clause: life.pages.release,
    requirement: text('A release ends the resource.', '释放会终止资源。'),
    why: text('The resource was unsubscribed, or its retention is over.', '资源已退订或保留期已满。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.release(id)).accepted();
      await flow.state(life.kind, id).is({ status: 'RELEASED' });
    },
  },
  {
    slug: 'renewals-swapped',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text(
      'Of two renewals the later expiry stays, in either order of arrival.',
      '两次续费无论到达顺序如何，均保留较晚的到期时间。',
    ),
    why: tooSoon,
    run: async (flow) => {
      const { send, names, state } = flow;
      const id = await life.fresh(flow);
      await send(life.renewal(names, id, latest.written)).accepted();
      await send(life.renewal(names, id, later.written)).accepted();
      await state(life.kind, id).is({ expiresAt: latest.ms });
    },
  },
  {
    slug: 'cancellation',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('A cancelled renewal brings the expiry forward.', '取消续费会将到期时间提前。'),
    why: text('The buyer was refunded.', '买家已获退款。'),
    run: async (flow) => {
      const { send, names, state } = flow;
      const id = await life.fresh(flow);
      await send(life.renewal(names, id, later.written)).given();
      await send(life.renewal(names, id, near.written, cancelled)).accepted();
      await state(life.kind, id).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'cancellations-swapped',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('Of two cancellations the earlier expiry stays.', '两次取消续费保留较早的到期时间。'),
    why: tooSoon,
    run: async (flow) => {
      const { send, names, state } = flow;
      const id = await life.fresh(flow);
      await send(life.renewal(names, id, latest.written)).given();
      await send(life.renewal(names, id, near.written, cancelled)).accepted();
      await send(life.renewal(names, id, later.written, cancelled)).accepted();
      await state(life.kind, id).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'trial-after-renewal',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text(
      'A trial that becomes formal after a renewal was applied leaves the expiry.',
      '续费已生效后才到达的试用转正不改变到期时间。',
    ),
    why: tooSoon,
    run: async (flow) => {
      const { send, names, state } = flow;
      const id = await life.fresh(flow);
      await send(life.renewal(names, id, later.written)).given();
      await send(life.renewal(names, id, near.written, { scene: 'TRIAL_TO_FORMAL' })).accepted();
      await state(life.kind, id).is({ expiresAt: later.ms });
    },
  },
  {
    slug: 'renewal-change',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text(
      'A renewal that changes the product moves the expiry as any renewal.',
      '续费变更与普通续费一样更新到期时间。',
    ),
    why: text('The buyer has paid for it.', '买家已为此付款。'),
    run: async (flow) => {
      const { send, names, state } = flow;
      const id = await life.fresh(flow);
      await send(life.renewal(names, id, near.written)).given();
      await send(life.renewal(names, id, later.written, { scene: 'RENEWAL_CHANGE' })).accepted();
      await state(life.kind, id).is({ expiresAt: later.ms });
    },
  },
  {
    slug: 'renewal-of-frozen',
    level: 'SHOULD',
    clause: 'R17',
    requirement: text(
      'A renewal of a frozen resource is accepted, and sets its expiry.',
      '对已冻结资源的续费被接受，并更新到期时间。',
    ),
    why: text('Buyers renew in the grace period, when the resource is frozen.', '买家常在冻结的宽限期内续费。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.status(id, 'FREEZE')).given();
      await flow.send(life.renewal(flow.names, id, later.written)).accepted();
      await flow.state(life.kind, id).is({ expiresAt: later.ms });
    },
  },
  {
    slug: 'late-freeze',
    level: 'SHOULD',
    clause: 'R17',
    requirement: text(
      'A FREEZE with an older timestamp than the UNFREEZE before it succeeds and changes nothing.',
      '时间戳早于先到的 UNFREEZE 的 FREEZE 应答成功但不产生变化。',
    ),
    why: tooSoon,
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.status(id, 'UNFREEZE')).given();
      await flow.send(life.status(id, 'FREEZE'), { age: 20_000 }).accepted();
      await flow.state(life.kind, id).is({ status: 'ACTIVE' });
    },
  },
  {
    slug: 'freeze-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text(
      'FREEZE for a released resource succeeds, and revives nothing.',
      '对已释放资源的 FREEZE 应答成功，且不使其复活。',
    ),
    why: tooSoon,
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.release(id)).given();
      await flow.send(life.status(id, 'FREEZE')).answeredWith('000000');
    },
  },
  {
    slug: 'unfreeze-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('UNFREEZE for a released resource is answered 000003.', '对已释放资源的 UNFREEZE 应答 000003。'),
    why: text('What was released must not be used again.', '已释放的资源不得再次使用。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.release(id)).given();
      await flow.send(life.status(id, 'UNFREEZE')).answeredWith('000003');
    },
  },
  {
    slug: 'renewal-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('A new renewal of a released resource is answered 000003.', '对已释放资源的新续费应答 000003。'),
    why: text('The store refunds what cannot be delivered, if it is told.', '告知无法交付，云商店才会退款。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.release(id)).given();
      await flow.send(life.renewal(flow.names, id, later.written)).answeredWith('000003');
    },
  },
  {
    slug: 'old-renewal-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text(
      'A renewal that was applied before succeeds again after the release.',
      '释放之前已生效的续费在释放后重复仍应答成功。',
    ),
    why: retries,
    run: async (flow) => {
      const { send, names } = flow;
      const id = await life.fresh(flow);
      const call = life.renewal(names, id, near.written);
      await send(call).given();
      await send(life.release(id)).given();
      await send(call).answeredWith('000000');
    },
  },
  {
    slug: 'refused-without-effect',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A refused call has no effect.', '被拒绝的调用不产生任何影响。'),
    why: text('A server that acts first and checks then is open.', '先执行后校验等于没有校验。'),
    run: async (flow) => {
      const id = await known(life, flow);
      await flow.send(life.release(id), { key: flow.keys.stranger }).refused();
      await flow.send(life.status(id, 'FREEZE'), { key: flow.keys.stranger }).refused();
      await flow.state(life.kind, id).is({ status: 'ACTIVE', expiresAt: near.ms });
    },
  },
];
