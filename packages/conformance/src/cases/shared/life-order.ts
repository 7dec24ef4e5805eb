import type { Draft } from '../../case.ts';
import { moments } from '../../messages/license.ts';
import { text } from '../../text.ts';
import type { LifeSubject } from './life-subject.ts';
import { cancelled, known, retries, tooSoon } from './life-terms.ts';

const { near, later, latest } = moments;

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
