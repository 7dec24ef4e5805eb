import type { Draft, Level } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Variant } from '../../flow/call.ts';
import { v1TimeStamp } from '../../flow/compose-v1.ts';
import { type Text, text } from '../../text.ts';
import { altered } from '../shared/alter.ts';

const forged = text(
  'Whoever finds the address could order, renew or release in your customers’ names.',
  '任何知道该地址的人都可以冒充客户开通、续费或释放。',
);

const token = (
  slug: string,
  level: Level,
  clause: ClauseId,
  requirement: Text,
  accepted: boolean,
  vary: (now: number) => Variant,
  mistake?: Text,
): Draft => ({
  slug,
  level,
  clause,
  requirement,
  ...(mistake === undefined ? {} : { mistake }),
  why: accepted ? text('Every order of the store fails otherwise.', '否则云商店的订单会失败。') : forged,
  run: async ({ send, specimen }) => {
    const step = send(await specimen(), vary(Date.now()));
    return accepted ? step.accepted() : step.refused();
  },
});

const signature = (signatures: (right: string) => readonly string[]): Variant => ({
  token: ({ signature: right }) => ({ signature: signatures(right) }),
});

/** The authToken, in query or header (R7, R25). */
const anywhere: readonly Draft[] = [
  token(
    'accepted',
    'MUST',
    'V1 token page',
    text('A call signed as documented is accepted.', '按文档签名的调用被接受。'),
    true,
    () => ({}),
  ),
  token(
    'missing',
    'MUST',
    'R7',
    text('A call without an authToken is refused.', '没有 authToken 的调用被拒绝。'),
    false,
    () => signature(() => []),
  ),
  token('empty', 'MUST', 'R7', text('An empty authToken is refused.', '空 authToken 被拒绝。'), false, () =>
    signature(() => ['']),
  ),
  token(
    'repeated',
    'SHOULD',
    'R7',
    text('An authToken given twice is refused.', '重复给出的 authToken 被拒绝。'),
    false,
    () => signature((right) => [right, altered(right, 3)]),
  ),
  token(
    'truncated',
    'MUST',
    'R7',
    text('Half of the right authToken is refused.', '仅含一半的 authToken 被拒绝。'),
    false,
    () => signature((right) => [right.slice(0, 22)]),
  ),
  token(
    'one-character',
    'MUST',
    'R7',
    text('An authToken with one wrong character is refused.', '有一个字符错误的 authToken 被拒绝。'),
    false,
    () => signature((right) => [altered(right, 40)]),
  ),
  {
    slug: 'wrong-key',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A call signed with another key is refused.', '用其他密钥签名的调用被拒绝。'),
    why: forged,
    run: async ({ send, specimen, keys }) => send(await specimen(), { key: keys.stranger }).refused(),
  },
  {
    slug: 'other-ring',
    level: 'SHOULD',
    clause: 'R6',
    requirement: text(
      'A call signed with the key of another interface type is refused.',
      '用其他接口类型的密钥签名的调用被拒绝。',
    ),
    why: forged,
    run: async ({ send, specimen, keys }) => send(await specimen(), { key: keys.ofOtherRing() }).refused(),
  },
];

/** The token of a query signs every parameter. */
export const authToken: readonly Draft[] = [
  ...anywhere,
  token(
    'parameter-changed',
    'MUST',
    'V1 token page',
    text('A parameter that was changed after signing is refused.', '签名后被改动的参数被拒绝。'),
    false,
    () => ({
      query: (query) => query.replace('customerName=Acme', 'customerName=Other'),
    }),
  ),
  token(
    'parameter-added',
    'MUST',
    'V1 token page',
    text('A parameter that was added after signing is refused.', '签名后添加的参数被拒绝。'),
    false,
    () => ({
      query: (query) => `${query}&trialFlag=1`,
    }),
  ),
];

/** The token of the Kit signs every member of the body. */
export const kitAuthToken: readonly Draft[] = [
  ...anywhere,
  token(
    'member-changed',
    'MUST',
    'V1 Kit token page',
    text('A member that was changed after signing is refused.', '签名后被改动的成员被拒绝。'),
    false,
    () => ({ rewritten: (body) => body.replace('"name":"Acme"', '"name":"Other"') }),
  ),
  token(
    'member-added',
    'MUST',
    'V1 Kit token page',
    text('A member that was added after signing is refused.', '签名后添加的成员被拒绝。'),
    false,
    () => ({ rewritten: (body) => body.replace(/}$/, ',"zAdded":"1"}') }),
  ),
];

const noWindow = text(
  'The timeStamp is signed but never compared with the clock, or on one side only: take the absolute difference.',
  'timeStamp 只参与签名，未与时钟比较，或只比较了一侧：应取差值的绝对值。',
);

/** The timeStamp and its window, which no page gives (R25). */
export const timeStamp: readonly Draft[] = [
  token(
    'missing',
    'MUST',
    'R7',
    text('A call without a timeStamp is refused.', '没有 timeStamp 的调用被拒绝。'),
    false,
    () => ({
      timestamp: '',
      token: () => ({ timestamp: [] }),
    }),
  ),
  token(
    'past-inside',
    'MUST',
    'R25',
    text('A timeStamp 30 s old is accepted.', '30 秒前的 timeStamp 被接受。'),
    true,
    () => ({ age: 30_000 }),
  ),
  token(
    'past-day',
    'SHOULD',
    'R25',
    text('A timeStamp one day old is refused.', '一天前的 timeStamp 被拒绝。'),
    false,
    () => ({ age: 86_400_000 }),
    noWindow,
  ),
  token(
    'ahead-day',
    'SHOULD',
    'R25',
    text('A timeStamp one day ahead is refused.', '一天后的 timeStamp 被拒绝。'),
    false,
    () => ({ age: -86_400_000 }),
    noWindow,
  ),
  token(
    'no-date',
    'SHOULD',
    'R25',
    text('A timeStamp that is no date is refused.', '不是日期的 timeStamp 被拒绝。'),
    false,
    (now) => ({ timestamp: String(now) }),
  ),
];

/** The same for the Kit, whose time is that of Beijing. */
export const kitTimeStamp: readonly Draft[] = [
  ...timeStamp,
  token(
    'in-utc',
    'SHOULD',
    'R25',
    text('A timeStamp in UTC is eight hours late, and refused.', 'UTC 的 timeStamp 晚了八小时，被拒绝。'),
    false,
    (now) => ({ timestamp: v1TimeStamp(now, 'v1-query') }),
  ),
];
