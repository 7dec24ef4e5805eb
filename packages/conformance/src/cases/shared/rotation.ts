import type { Draft } from '../../case.ts';
import { text } from '../../text.ts';

/** A ring with two keys: how one is replaced without an outage (R6). */
export const rotation: readonly Draft[] = [
  {
    slug: 'both-keys',
    level: 'SHOULD',
    clause: 'R6',
    requirement: text(
      'While a key is replaced, calls of both keys are accepted.',
      '更换密钥期间，新旧密钥签名的调用均被接受。',
    ),
    why: text(
      'The store changes over at a moment of its own; with one key every call before or after fails.',
      '云商店何时切换由其决定；只支持一个密钥时，切换前后的调用都会失败。',
    ),
    run: async ({ send, specimen, keys }) => {
      const second = keys.second();
      await send(await specimen(), { key: second }).accepted();
      await send(await specimen()).accepted();
    },
  },
  {
    slug: 'retired-key',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A key that was taken out of use is refused.', '已停用的密钥被拒绝。'),
    why: text(
      'A key is replaced because somebody may have it; it must not open the door any longer.',
      '更换密钥往往因为它可能已泄露，此后不得再被接受。',
    ),
    mistake: text(
      'The old key stays in the list of keys after the store has changed over, or in a cache of it.',
      '云商店切换之后，旧密钥仍留在密钥列表或其缓存中。',
    ),
    run: async ({ send, specimen, keys }) => send(await specimen(), { key: keys.retired() }).refused(),
  },
  {
    slug: 'second-key-refusals',
    level: 'MUST',
    clause: 'R7',
    requirement: text(
      'A body that was changed under the second key is refused too.',
      '第二个密钥签名的消息体被改动时同样被拒绝。',
    ),
    why: text(
      'A loop over the keys that ends in the wrong place accepts anything.',
      '遍历密钥的循环若提前结束，就会接受任何内容。',
    ),
    run: async ({ send, specimen, keys }) =>
      send(await specimen(), { key: keys.second(), signed: '{"activity":"nothing"}' }).refused(),
  },
  {
    slug: 'nonce-across-keys',
    level: 'MAY',
    clause: 'R3',
    requirement: text('A nonce that one key used serves the other.', '一个密钥用过的随机数仍可供另一个密钥使用。'),
    why: text('Two systems that draw at random may meet.', '两个系统随机取值可能相同。'),
    run: async ({ send, specimen, keys, names }) => {
      const second = keys.second();
      const nonce = names.id('nonce') + Date.now();
      await send(await specimen(), { nonce }).accepted();
      await send(await specimen(), { nonce, key: second }).accepted();
    },
  },
];
