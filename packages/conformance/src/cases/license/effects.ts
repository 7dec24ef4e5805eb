import type { Draft } from '../../case.ts';
import type { Flow } from '../../flow/flow.ts';
import { times } from '../../flow/flow.ts';
import { moments, release, renewal, statusChange } from '../../messages/license.ts';
import { text } from '../../text.ts';

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

/** A code that the server knows, because it was renewed once. */
async function known({ send, names }: Flow): Promise<string> {
  const code = names.license();
  await send(renewal(names, code, near.written)).given();
  return code;
}

/** The same call once more, with a token of its own (R15). */
export const idempotency: readonly Draft[] = [
  {
    slug: 'renewal-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A renewal that is repeated is answered with success again.', '重复的续费再次应答成功。'),
    why: retries,
    run: async ({ send, names }) => {
      const call = renewal(names, names.license(), near.written);
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
    run: async ({ send, names }) => {
      const call = renewal(names, names.license(), near.written);
      await times(50, () => send(call).accepted());
    },
  },
  {
    slug: 'freeze-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('FREEZE for a frozen code succeeds.', '对已冻结的授权码执行 FREEZE 成功。'),
    why: retries,
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(statusChange(code, 'FREEZE')).given();
      await flow.send(statusChange(code, 'FREEZE')).accepted();
    },
  },
  {
    slug: 'unfreeze-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('UNFREEZE for an active code succeeds.', '对正常的授权码执行 UNFREEZE 成功。'),
    why: retries,
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(statusChange(code, 'UNFREEZE')).accepted();
    },
  },
  {
    slug: 'release-repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A release that is repeated succeeds.', '重复的释放成功。'),
    why: retries,
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(release(code)).given();
      await flow.send(release(code)).accepted();
      await flow.send(release(code)).accepted();
    },
  },
  {
    slug: 'other-subject-same-line',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text('An order line that comes again for another code is answered 000002.', '同一订单行用于另一授权码时应答 000002。'),
    why: text('One payment would renew two codes.', '一次付款会续费两个授权码。'),
    run: async ({ send, names }) => {
      const order = names.order();
      await send(renewal(names, names.license(), near.written, order)).given();
      await send(renewal(names, names.license(), near.written, order)).answeredWith('000002');
    },
  },
  {
    slug: 'other-expiry-same-line',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text('An order line that comes again with another expiry is answered 000002.', '同一订单行携带另一到期时间时应答 000002。'),
    why: text('One of the two is wrong, and nobody would notice.', '两者必有一错，却无人察觉。'),
    run: async ({ send, names }) => {
      const [order, code] = [names.order(), names.license()];
      await send(renewal(names, code, near.written, order)).given();
      await send(renewal(names, code, later.written, order)).answeredWith('000002');
    },
  },
  {
    slug: 'refusal-forgotten',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text('An order line that was refused is decided anew when it comes right.', '曾被拒绝的订单行在内容正确时重新处理。'),
    why: text('The store repairs its message and retries; a remembered refusal fails for ever.', '云商店修正后会重试；记住拒绝会导致永远失败。'),
    run: async ({ send, names }) => {
      const [order, code] = [names.order(), names.license()];
      await send(renewal(names, code, '20310230120000', order)).exchange();
      await send(renewal(names, code, near.written, order)).accepted();
    },
  },
  {
    slug: 'applied-once',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text('An old renewal that is repeated after its cancellation changes nothing.', '取消续费之后重复旧的续费不产生变化。'),
    why: text('A late repeat would give back what the buyer was refunded.', '迟到的重复会恢复已退款的续费。'),
    run: async ({ send, names, state }) => {
      const code = names.license();
      const first = renewal(names, code, later.written);
      await send(first).given();
      await send(renewal(names, code, near.written, cancelled)).given();
      await send(first).accepted();
      await state('licenses', code).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'lines-of-one-order',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text('Two lines of one order are both applied.', '同一订单的两个订单行均生效。'),
    why: text('A key without the line loses the second code.', '键中不含订单行会丢失第二个授权码。'),
    run: async ({ send, names, state }) => {
      const { orderId } = names.order();
      const [one, two] = [names.license(), names.license()];
      await send(renewal(names, one, near.written, { orderId, orderLineId: `${orderId}-000001` })).accepted();
      await send(renewal(names, two, later.written, { orderId, orderLineId: `${orderId}-000002` })).accepted();
      await state('licenses', one).is({ expiresAt: near.ms });
      await state('licenses', two).is({ expiresAt: later.ms });
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
    why: text('One page says that a cancellation names the renewal’s own order.', '有页面称取消续费引用的正是续费订单本身。'),
    run: async ({ send, names, state }) => {
      const [order, code] = [names.order(), names.license()];
      await send(renewal(names, code, later.written, order)).given();
      await send(renewal(names, code, near.written, { ...order, ...cancelled })).accepted();
      await state('licenses', code).is({ expiresAt: near.ms });
    },
  },
];

/** What a call does, and what it does when it comes late (R16–R19). */
export const order: readonly Draft[] = [
  {
    slug: 'renewal',
    level: 'MUST',
    clause: 'renewal page',
    requirement: text('A renewal moves the expiry.', '续费会更新到期时间。'),
    why: text('The buyer has paid for it.', '买家已为此付款。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(renewal(flow.names, code, later.written)).accepted();
      await flow.state('licenses', code).is({ status: 'ACTIVE', expiresAt: later.ms });
    },
  },
  {
    slug: 'freeze',
    level: 'MUST',
    clause: 'status page',
    requirement: text('FREEZE freezes the code.', 'FREEZE 会冻结授权码。'),
    why: text('Losses from use after the expiry are yours.', '到期后继续使用造成的损失由商家承担。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(statusChange(code, 'FREEZE')).accepted();
      await flow.state('licenses', code).is({ status: 'FROZEN' });
    },
  },
  {
    slug: 'unfreeze',
    level: 'MUST',
    clause: 'status page',
    requirement: text('UNFREEZE makes the code usable again.', 'UNFREEZE 使授权码恢复可用。'),
    why: text('The buyer has renewed and cannot work.', '买家已续费却无法使用。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(statusChange(code, 'FREEZE')).given();
      await flow.send(statusChange(code, 'UNFREEZE')).accepted();
      await flow.state('licenses', code).is({ status: 'ACTIVE' });
    },
  },
  {
    slug: 'release',
    level: 'MUST',
    clause: 'release page',
    requirement: text('A release ends the code.', '释放会终止授权码。'),
    why: text('The code was unsubscribed, or its retention is over.', '授权码已退订或保留期已满。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(release(code)).accepted();
      await flow.state('licenses', code).is({ status: 'RELEASED' });
    },
  },
  {
    slug: 'renewals-swapped',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('Of two renewals the later expiry stays, in either order of arrival.', '两次续费无论到达顺序如何，均保留较晚的到期时间。'),
    why: tooSoon,
    run: async ({ send, names, state }) => {
      const code = names.license();
      await send(renewal(names, code, latest.written)).accepted();
      await send(renewal(names, code, later.written)).accepted();
      await state('licenses', code).is({ expiresAt: latest.ms });
    },
  },
  {
    slug: 'cancellation',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('A cancelled renewal brings the expiry forward.', '取消续费会将到期时间提前。'),
    why: text('The buyer was refunded.', '买家已获退款。'),
    run: async ({ send, names, state }) => {
      const code = names.license();
      await send(renewal(names, code, later.written)).given();
      await send(renewal(names, code, near.written, cancelled)).accepted();
      await state('licenses', code).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'cancellations-swapped',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('Of two cancellations the earlier expiry stays.', '两次取消续费保留较早的到期时间。'),
    why: tooSoon,
    run: async ({ send, names, state }) => {
      const code = names.license();
      await send(renewal(names, code, latest.written)).given();
      await send(renewal(names, code, near.written, cancelled)).accepted();
      await send(renewal(names, code, later.written, cancelled)).accepted();
      await state('licenses', code).is({ expiresAt: near.ms });
    },
  },
  {
    slug: 'trial-after-renewal',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('A trial that becomes formal after a renewal was applied leaves the expiry.', '续费已生效后才到达的试用转正不改变到期时间。'),
    why: tooSoon,
    run: async ({ send, names, state }) => {
      const code = names.license();
      await send(renewal(names, code, later.written)).given();
      await send(renewal(names, code, near.written, { scene: 'TRIAL_TO_FORMAL' })).accepted();
      await state('licenses', code).is({ expiresAt: later.ms });
    },
  },
  {
    slug: 'renewal-change',
    level: 'SHOULD',
    clause: 'R16',
    requirement: text('A renewal that changes the product moves the expiry as any renewal.', '续费变更与普通续费一样更新到期时间。'),
    why: text('The buyer has paid for it.', '买家已为此付款。'),
    run: async ({ send, names, state }) => {
      const code = names.license();
      await send(renewal(names, code, near.written)).given();
      await send(renewal(names, code, later.written, { scene: 'RENEWAL_CHANGE' })).accepted();
      await state('licenses', code).is({ expiresAt: later.ms });
    },
  },
  {
    slug: 'renewal-of-frozen',
    level: 'SHOULD',
    clause: 'R17',
    requirement: text('A renewal of a frozen code is accepted, and sets its expiry.', '对已冻结授权码的续费被接受，并更新到期时间。'),
    why: text('Buyers renew in the grace period, when the code is frozen.', '买家常在冻结的宽限期内续费。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(statusChange(code, 'FREEZE')).given();
      await flow.send(renewal(flow.names, code, later.written)).accepted();
      await flow.state('licenses', code).is({ expiresAt: later.ms });
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
      const code = await known(flow);
      await flow.send(statusChange(code, 'UNFREEZE')).given();
      await flow.send(statusChange(code, 'FREEZE'), { age: 20_000 }).accepted();
      await flow.state('licenses', code).is({ status: 'ACTIVE' });
    },
  },
  {
    slug: 'freeze-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('FREEZE for a released code succeeds, and revives nothing.', '对已释放授权码的 FREEZE 应答成功，且不使其复活。'),
    why: tooSoon,
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(release(code)).given();
      await flow.send(statusChange(code, 'FREEZE')).answeredWith('000000');
    },
  },
  {
    slug: 'unfreeze-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('UNFREEZE for a released code is answered 000003.', '对已释放授权码的 UNFREEZE 应答 000003。'),
    why: text('What was released must not be used again.', '已释放的授权码不得再次使用。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(release(code)).given();
      await flow.send(statusChange(code, 'UNFREEZE')).answeredWith('000003');
    },
  },
  {
    slug: 'renewal-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('A new renewal of a released code is answered 000003.', '对已释放授权码的新续费应答 000003。'),
    why: text('The store refunds what cannot be delivered, if it is told.', '告知无法交付，云商店才会退款。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(release(code)).given();
      await flow.send(renewal(flow.names, code, later.written)).answeredWith('000003');
    },
  },
  {
    slug: 'old-renewal-after-release',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('A renewal that was applied before succeeds again after the release.', '释放之前已生效的续费在释放后重复仍应答成功。'),
    why: retries,
    run: async ({ send, names }) => {
      const code = names.license();
      const call = renewal(names, code, near.written);
      await send(call).given();
      await send(release(code)).given();
      await send(call).answeredWith('000000');
    },
  },
  {
    slug: 'unknown-code',
    level: 'MAY',
    clause: 'R19',
    requirement: text('A code that was never seen is adopted when it is renewed.', '首次出现的授权码在续费时被接纳。'),
    why: text('The store makes the codes and announces none of them.', '授权码由云商店生成，且不会预先通知。'),
    run: async ({ send, names }) => send(renewal(names, names.license(), near.written)).accepted(),
  },
  {
    slug: 'unknown-code-answered',
    level: 'MUST',
    clause: 'R8',
    requirement: text('A status change of a code never seen gets a result, not an error.', '对未知授权码的状态变更得到结果码而非错误。'),
    why: text('A missing row that is dereferenced is an HTTP 500, and a failed order.', '对缺失记录取值会导致 HTTP 500 与订单失败。'),
    mistake: text('The code is looked up and used without asking whether it was found.', '查询授权码后未判断是否找到就直接使用。'),
    run: async ({ send, names }) => {
      await send(statusChange(names.license(), 'FREEZE')).wellFormed();
      await send(release(names.license())).wellFormed();
    },
  },
  {
    slug: 'refused-without-effect',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A refused call has no effect.', '被拒绝的调用不产生任何影响。'),
    why: text('A server that acts first and checks then is open.', '先执行后校验等于没有校验。'),
    run: async (flow) => {
      const code = await known(flow);
      await flow.send(release(code), { key: flow.keys.stranger }).refused();
      await flow.send(statusChange(code, 'FREEZE'), { key: flow.keys.stranger }).refused();
      await flow.state('licenses', code).is({ status: 'ACTIVE', expiresAt: near.ms });
    },
  },
];
