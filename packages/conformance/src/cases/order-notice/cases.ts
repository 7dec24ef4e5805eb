import { mockOrderIds } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import type { Call, Message } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import type { ProfileCalls } from '../../flow/open-flow.ts';
import { call } from '../../messages/license.ts';
import { text } from '../../text.ts';
import { type MemberTable, memberCases } from '../shared/members.ts';

const notice = (names: Names, more: Message = {}): Call =>
  call({ activity: 'orderNotify', ...names.order(), testFlag: '0', ...more });

/** The notice of a new order. */
export const noticeCalls: ProfileCalls = {
  specimen: async ({ names }) => notice(names),
  debugging: (names) => [notice(names, { testFlag: '1' })],
};

export const noticeTables: readonly MemberTable[] = [
  {
    slug: 'notice',
    activity: 'orderNotify',
    call: async ({ names }) => notice(names),
    members: { orderId: { longest: 64 }, orderLineId: { longest: 64 } },
  },
];

export const schema: readonly Draft[] = memberCases(noticeTables);

export const idempotency: readonly Draft[] = [
  {
    slug: 'repeated',
    level: 'MUST',
    clause: 'debugging page',
    requirement: text('A notice that is repeated succeeds.', '重复的通知成功。'),
    why: text(
      'It is sent for both a product and its access type, and repeated for three hours.',
      '通知可按商品与接入类型发送，并重试三小时。',
    ),
    run: async ({ send, names }) => {
      const repeated = notice(names);
      await send(repeated).accepted();
      await send(repeated).accepted();
    },
  },
];

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
        await send(notice(names, order)).answeredWith('000000');
        await send(notice(names, order)).answeredWith('000000');
      }
    },
  },
];
