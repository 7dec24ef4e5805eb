import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { times } from '../../flow/flow.ts';
import { codeOf } from '../../flow/judge.ts';
import type { Exchange } from '../../http/exchange.ts';
import { text } from '../../text.ts';

const noGuard = text(
  'Nothing remembers which nonces were used: keep each one, per key, until both sides of its window have passed, and on disk.',
  '没有记录已使用的随机数：应按密钥保存每个随机数，直到其时间窗两侧都已过去，并持久化。',
);
const replayed = text(
  'One intercepted call repeats its order as often as somebody likes.',
  '一次被截获的调用可以被任意次数地重放。',
);

export const checkThenInsert = text(
  'Check and insert are two steps: insert under a unique key, and take the conflict for the answer.',
  '检查与插入分成了两步：应在唯一键上直接插入，并以冲突作为结论。',
);

const form = (
  slug: string,
  level: 'MUST' | 'SHOULD',
  what: ReturnType<typeof text>,
  nonce: () => string,
  accepted: boolean,
): Draft => ({
  slug,
  level,
  clause: 'R3',
  requirement: accepted
    ? text(`A nonce ${what.en} is accepted.`, `${what.zh}的随机数被接受。`)
    : text(`A nonce ${what.en} is refused.`, `${what.zh}的随机数被拒绝。`),
  why: accepted
    ? text('The pages show nonces of several forms and promise none.', '各页面的随机数形式不一，且均未承诺。')
    : text('What no store sends is better not stored for days.', '云商店不会发送的内容不应被保存。'),
  run: async ({ send, specimen }) => {
    const step = send(await specimen(), { nonce: nonce() });
    return accepted ? step.accepted() : step.refused();
  },
});

const random = (length: number, alphabet: string): string =>
  Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** What a nonce looks like, and that it serves once (R3, R7). */
export const replay: readonly Draft[] = [
  {
    slug: 'nonce-missing',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A call without a nonce is refused.', '没有随机数的调用被拒绝。'),
    why: replayed,
    run: async ({ send, specimen }) => send(await specimen(), { nonce: '', token: () => ({ nonce: [] }) }).refused(),
  },
  {
    slug: 'nonce-empty',
    level: 'MUST',
    clause: 'R7',
    requirement: text('An empty nonce is refused.', '空随机数被拒绝。'),
    why: replayed,
    run: async ({ send, specimen }) => send(await specimen(), { nonce: '' }).refused(),
  },
  form(
    'nonce-short',
    'MUST',
    text('of 16 letters and digits', '由 16 个字母与数字组成'),
    () => random(16, letters),
    true,
  ),
  form(
    'nonce-long',
    'MUST',
    text('of 64 hex digits', '由 64 个十六进制数字组成'),
    () => random(64, '0123456789ABCDEF'),
    true,
  ),
  form('nonce-longest', 'SHOULD', text('of 128 characters', '长 128 个字符'), () => random(128, letters), true),
  form(
    'nonce-signs',
    'SHOULD',
    text('with +, / and = in it', '含 +、/ 与 ='),
    () => `${random(20, letters)}+/=&%`,
    true,
  ),
  form(
    'nonce-too-long',
    'SHOULD',
    text('of 10,000 characters', '长 10000 个字符'),
    () => random(10_000, letters),
    false,
  ),
  form(
    'nonce-blank',
    'SHOULD',
    text('with a blank in it', '含空格'),
    () => `${random(8, letters)} ${random(8, letters)}`,
    false,
  ),
  {
    slug: 'same-bytes',
    level: 'SHOULD',
    clause: 'R3',
    requirement: text('The same request, sent again, is refused.', '原样重发的请求被拒绝。'),
    why: replayed,
    mistake: noGuard,
    run: async ({ send, specimen, names }) => {
      const call = await specimen();
      const same = { nonce: names.id('nonce') + Date.now(), timestamp: String(Date.now()) };
      await send(call, same).accepted();
      await send(call, same).refused();
    },
  },
  {
    slug: 'same-nonce-other-body',
    level: 'SHOULD',
    clause: 'R3',
    requirement: text('A used nonce under another body is refused.', '已用过的随机数配合另一消息体时被拒绝。'),
    why: replayed,
    mistake: text('What is remembered is the request, not its nonce.', '记住的是整个请求，而不是随机数。'),
    run: async ({ send, specimen, names }) => {
      const nonce = names.id('nonce') + Date.now();
      await send(await specimen(), { nonce }).accepted();
      await send(await specimen(), { nonce }).refused();
    },
  },
  {
    slug: 'same-nonce-later',
    level: 'SHOULD',
    clause: 'R3',
    requirement: text('A used nonce under a new timestamp is refused.', '已用过的随机数配合新的时间戳时被拒绝。'),
    why: replayed,
    mistake: text(
      'Nonces are remembered together with their timestamps, so each timestamp has nonces of its own.',
      '随机数与时间戳一起被记忆，因而每个时间戳各有一套随机数。',
    ),
    run: async ({ send, specimen, names }) => {
      const nonce = names.id('nonce') + Date.now();
      const call = await specimen();
      await send(call, { nonce, age: 2_000 }).accepted();
      await send(call, { nonce, age: 1_000 }).refused();
    },
  },
  {
    slug: 'future-nonce',
    level: 'SHOULD',
    clause: 'R3',
    requirement: text(
      'The nonce of a call that came from a clock ahead is remembered as any other.',
      '来自较快时钟的调用，其随机数同样被记住。',
    ),
    why: text(
      'A memory that counts from the timestamp and one that counts from now differ by the whole window.',
      '从时间戳起算与从当前起算的记忆期相差整个时间窗。',
    ),
    run: async ({ send, specimen, names }) => {
      const call = await specimen();
      const same = { nonce: names.id('nonce') + Date.now(), timestamp: String(Date.now() + 40_000) };
      await send(call, same).accepted();
      await send(call, same).refused();
    },
  },
  {
    slug: 'at-once',
    level: 'SHOULD',
    clause: 'R3',
    requirement: text(
      'Of 20 copies of one request at the same time, one is accepted.',
      '同时到达的 20 份相同请求只有一份被接受。',
    ),
    why: text(
      'A look-up that is followed by an insert lets both of two requests through.',
      '先查询后插入会放行同时到达的两个请求。',
    ),
    mistake: checkThenInsert,
    run: async ({ send, specimen, names }) => {
      const call = await specimen();
      const same = { nonce: names.id('nonce') + Date.now(), timestamp: String(Date.now()) };
      oneAccepted(await times(20, () => send(call, same).exchange()));
    },
  },
];

/** Of copies of one request. */
export function oneAccepted(exchanges: readonly Exchange[]): void {
  const codes = exchanges.map((exchange) => codeOf(exchange) ?? '-');
  const accepted = codes.filter((code) => code === '000000' || code === '000004').length;
  if (accepted === 1) return;
  throw new Deviation(
    text('exactly one accepted', '恰好一份被接受'),
    text(`${accepted} accepted`, `${accepted} 份被接受`),
  );
}
