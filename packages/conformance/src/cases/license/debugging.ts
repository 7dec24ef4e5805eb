import { mockOrderIds } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { moments, release, renewal, statusChange } from '../../messages/license.ts';
import { text } from '../../text.ts';

/** What debugging calls about License codes leave behind: nothing (R12). */
export const debuggingEffects: readonly Draft[] = [
  {
    slug: 'mock-orders',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text(
      'The nine MOCK orders of the store are answered with success, again and again.',
      '云商店的九个 MOCK 订单反复应答成功。',
    ),
    why: text('They are what the debugging page offers to fill in.', '它们是调试页面提供的示例订单。'),
    run: async ({ send, names }) => {
      for (const orderId of mockOrderIds) {
        const order = { orderId, orderLineId: `${orderId}-000001` };
        await send(renewal(names, names.unknownLicense(), moments.near.written, order)).answeredWith('000000');
        await send(renewal(names, names.unknownLicense(), moments.later.written, order)).answeredWith('000000');
      }
    },
  },
  {
    slug: 'no-freeze',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text(
      'A debugging FREEZE or release leaves a real code as it is.',
      '调试的 FREEZE 或释放不影响真实的授权码。',
    ),
    why: text('The twice-daily probe would freeze a customer.', '每天两次的拨测会冻结客户。'),
    run: async ({ send, names, state }) => {
      const code = names.license();
      await send(renewal(names, code, moments.near.written)).given();
      await send(statusChange(code, 'FREEZE', { testFlag: '1' })).answeredWith('000000');
      await send(release(code, { testFlag: '1' })).answeredWith('000000');
      await send(renewal(names, code, moments.later.written, { testFlag: '1' })).answeredWith('000000');
      await state('licenses', code).is({ status: 'ACTIVE', expiresAt: moments.near.ms });
    },
  },
  {
    slug: 'no-trace',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text(
      'A debugging call about an unknown code does not make it known.',
      '针对未知授权码的调试调用不会使其被记录。',
    ),
    why: text('Statistics and invoices would count codes that nobody bought.', '统计与账单会计入无人购买的授权码。'),
    run: async ({ send, names, state }) => {
      const code = names.unknownLicense();
      await send(renewal(names, code, moments.near.written, { testFlag: '1' })).answeredWith('000000');
      await state('licenses', code).absent();
    },
  },
  {
    slug: 'real-after-debugging',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text('An order line that was debugged can still be applied for real.', '调试过的订单行仍可真实生效。'),
    why: text(
      'A debugging call that is remembered turns the real one into a repeat.',
      '若记住调试调用，真实调用会被当作重复。',
    ),
    run: async ({ send, names, state }) => {
      const [code, order] = [names.license(), names.order()];
      await send(renewal(names, code, moments.near.written, { ...order, testFlag: '1' })).answeredWith('000000');
      await send(renewal(names, code, moments.later.written, order)).accepted();
      await state('licenses', code).is({ expiresAt: moments.later.ms });
    },
  },
  {
    slug: 'schema-checked',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text('A debugging call that lacks a member is answered 000002.', '缺少成员的调试调用应答 000002。'),
    why: text('Debugging is where a mistake should show.', '调试正是应当暴露问题的时候。'),
    run: async ({ send, names }) =>
      send(
        renewal(names, names.unknownLicense(), moments.near.written, { testFlag: '1', expireTime: 'soon' }),
      ).answeredWith('000002'),
  },
];
