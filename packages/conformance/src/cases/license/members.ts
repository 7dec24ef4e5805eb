import type { Draft } from '../../case.ts';
import { moments, release, renewal, statusChange } from '../../messages/license.ts';
import { text } from '../../text.ts';
import { type MemberTable, memberCases } from '../shared/members.ts';

const scenes = ['RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'TRIAL_TO_FORMAL', 'RENEWAL_CHANGE'] as const;

/** The three interfaces of License codes, member by member. */
export const licenseTables: readonly MemberTable[] = [
  {
    slug: 'refresh',
    activity: 'refreshLicenseCode',
    call: async ({ names }) => renewal(names, names.license(), moments.near.written),
    members: {
      scene: { words: scenes },
      orderId: { longest: 64 },
      orderLineId: { longest: 64 },
      license: { longest: 64 },
      expireTime: { date: true },
      productId: { optional: true, longest: 64 },
    },
  },
  {
    slug: 'status',
    activity: 'updateLicenseCodeStatus',
    call: async ({ names }) => statusChange(names.license(), 'FREEZE'),
    members: { license: { longest: 64 }, status: { words: ['FREEZE', 'UNFREEZE'] } },
  },
  {
    slug: 'release',
    activity: 'releaseLicenseCode',
    call: async ({ names }) => release(names.license()),
    members: {
      license: { longest: 64 },
      orderId: { optional: true, longest: 64 },
      orderLineId: { optional: true, longest: 64 },
    },
  },
];

/** What they may hold (R10, R13, R14). */
export const schema: readonly Draft[] = [
  ...memberCases(licenseTables),
  {
    slug: 'refresh-scenes',
    level: 'SHOULD',
    clause: 'R10',
    requirement: text('All four scenes of a change of validity are known.', '有效期变更的四种场景均可识别。'),
    why: text(
      'The page speaks of trials that become formal without listing their scene.',
      '页面提到试用转正，却未列出其场景取值。',
    ),
    run: async ({ send, names }) => {
      for (const scene of scenes) {
        await send(renewal(names, names.license(), moments.near.written, { scene })).accepted();
      }
    },
  },
  {
    slug: 'refresh-milliseconds',
    level: 'SHOULD',
    clause: 'R13',
    requirement: text(
      'An expireTime of 17 digits, with milliseconds, is accepted.',
      '含毫秒的 17 位 expireTime 被接受。',
    ),
    why: text('The sibling page prints its example so.', '同类页面的示例即为此格式。'),
    run: async ({ send, names }) => send(renewal(names, names.license(), `${moments.near.written}256`)).accepted(),
  },
  {
    slug: 'refresh-longest-texts',
    level: 'MUST',
    clause: 'renewal page',
    requirement: text('Ids of the full 64 characters are accepted.', '长度为 64 个字符的 id 被接受。'),
    why: text('A shorter column cuts them off, and two orders become one.', '字段过短会截断 id，使两个订单混为一个。'),
    run: async ({ send, names }) => {
      const fill = (id: string) => id.padEnd(64, 'X');
      const { orderId, orderLineId } = names.order();
      const more = { orderId: fill(orderId), orderLineId: fill(orderLineId), license: fill(names.license()) };
      return send(renewal(names, 'PL', moments.near.written, more)).accepted();
    },
  },
  {
    slug: 'status-variants',
    level: 'MAY',
    clause: 'R14',
    requirement: text('FROZEN and UNFROZEN are understood as well.', 'FROZEN 与 UNFROZEN 也能被理解。'),
    why: text('These spellings were seen in the wild.', '实际中出现过这些写法。'),
    run: async ({ send, names }) => {
      const code = names.license();
      await send(renewal(names, code, moments.near.written)).given();
      await send(statusChange(code, 'FROZEN')).accepted();
      await send(statusChange(code, 'UNFROZEN')).accepted();
    },
  },
];
