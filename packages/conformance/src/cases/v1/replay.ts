import type { Draft } from '../../case.ts';
import { v1TimeStamp } from '../../flow/compose-v1.ts';
import { times } from '../../flow/flow.ts';
import { text } from '../../text.ts';
import { checkThenInsert, oneAccepted } from '../shared/nonce.ts';
import { inMemory } from '../shared/restart.ts';

const replayed = text(
  'One intercepted call repeats its order as often as somebody likes.',
  '一次被截获的调用可被任意次数地重放。',
);

/** Each authToken serves once (R25). */
export const replay: readonly Draft[] = [
  {
    slug: 'same-query',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text('The same request, sent again, is refused.', '原样重发的请求被拒绝。'),
    why: replayed,
    mistake: text('Nothing remembers which tokens were used.', '没有记录已使用的令牌。'),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const same = { timestamp: v1TimeStamp(Date.now() - 5_000, call.carrier) };
      await send(call, same).accepted();
      await send(call, same).refused();
    },
  },
  {
    slug: 'at-once',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text(
      'Of 20 copies of one request at the same time, one is accepted.',
      '同时到达的 20 份相同请求只有一份被接受。',
    ),
    why: replayed,
    mistake: checkThenInsert,
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const same = { timestamp: v1TimeStamp(Date.now() - 5_000, call.carrier) };
      oneAccepted(await times(20, () => send(call, same).exchange()));
    },
  },
];

/** Across a restart too. */
export const restart: readonly Draft[] = [
  {
    slug: 'replay',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text(
      'An authToken that was used before a restart stays used.',
      '重启之前用过的 authToken 在重启后仍视为已使用。',
    ),
    why: replayed,
    mistake: inMemory,
    alone: true,
    run: async ({ send, specimen, restart: restarted }) => {
      const call = await specimen();
      const same = { timestamp: v1TimeStamp(Date.now() - 5_000, call.carrier) };
      await send(call, same).accepted();
      await restarted();
      await send(call, same).refused();
    },
  },
];
