import { createHash } from 'node:crypto';
import { composeBody } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { text } from '../../text.ts';
import { altered } from './alter.ts';

const forged = text(
  'Whoever finds the address could renew, freeze or release what your customers bought.',
  '任何知道该地址的人都可以续费、冻结或释放客户购买的资源。',
);

/** The signature of a call: what must be let in, and what must not (R1, R6, R7). */
export const signature: readonly Draft[] = [
  {
    slug: 'accepted',
    level: 'MUST',
    clause: 'R1',
    requirement: text('A call signed as documented is accepted.', '按文档签名的调用被接受。'),
    why: text('Every order of the store fails otherwise.', '否则云商店的每个订单都会失败。'),
    mistake: text(
      'The hex of both sides is compared as text, with ==, although the store sends it in upper case; or the formula differs: mock-marketplace explain tells where.',
      '双方的十六进制按文本用 == 比较，而云商店发送的是大写；或公式有误：mock-marketplace explain 可指出何处不同。',
    ),
    run: async ({ send, specimen }) => send(await specimen()).accepted(),
  },
  {
    slug: 'lower-case',
    level: 'SHOULD',
    clause: 'R1',
    requirement: text('A signature in lower-case hex is accepted.', '小写十六进制的签名被接受。'),
    why: text('The pages print both cases and promise neither.', '各页面示例大小写并存，且均未承诺。'),
    mistake: text(
      'The signature is compared as text, with ==: decode both sides to bytes and compare those in constant time.',
      '签名按文本用 == 比较：应将双方解码为字节，并以恒定时间比较。',
    ),
    run: async ({ send, specimen }) =>
      send(await specimen(), { token: ({ signature }) => ({ signature: [signature.toLowerCase()] }) }).accepted(),
  },
  {
    slug: 'missing',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A call without a signature is refused.', '没有签名的调用被拒绝。'),
    why: forged,
    run: async ({ send, specimen }) => send(await specimen(), { token: () => ({ signature: [] }) }).refused(),
  },
  {
    slug: 'empty',
    level: 'MUST',
    clause: 'R7',
    requirement: text('An empty signature is refused.', '空签名被拒绝。'),
    why: forged,
    run: async ({ send, specimen }) => send(await specimen(), { token: () => ({ signature: [''] }) }).refused(),
  },
  {
    slug: 'repeated',
    level: 'SHOULD',
    clause: 'R7',
    requirement: text('A signature given twice is refused.', '重复给出的签名被拒绝。'),
    why: text(
      'A gateway and a server that read different ones of the two can be played against each other.',
      '网关与服务器若各取其一，便可被利用来绕过校验。',
    ),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      await send(call, { token: ({ signature }) => ({ signature: [signature, altered(signature)] }) }).refused();
      await send(call, { token: ({ signature }) => ({ signature: [altered(signature), signature] }) }).refused();
    },
  },
  {
    slug: 'truncated',
    level: 'MUST',
    clause: 'R7',
    requirement: text('The first half of the right signature is refused.', '仅含正确签名前半部分的调用被拒绝。'),
    why: text('A short signature is guessed sooner.', '签名越短越容易被猜中。'),
    run: async ({ send, specimen }) =>
      send(await specimen(), { token: ({ signature }) => ({ signature: [signature.slice(0, 32)] }) }).refused(),
  },
  {
    slug: 'trailing',
    level: 'SHOULD',
    clause: 'R7',
    requirement: text('The right signature with more behind it is refused.', '正确签名之后附带多余字符的调用被拒绝。'),
    why: text(
      'A comparison that stops early, or hex that is read leniently, hides worse.',
      '提前结束的比较或宽松的十六进制解码往往掩盖更严重的问题。',
    ),
    run: async ({ send, specimen }) =>
      send(await specimen(), { token: ({ signature }) => ({ signature: [`${signature}zz`] }) }).refused(),
  },
  {
    slug: 'last-digit',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A signature that is wrong in its last digit is refused.', '最后一位错误的签名被拒绝。'),
    why: forged,
    run: async ({ send, specimen }) =>
      send(await specimen(), { token: ({ signature }) => ({ signature: [altered(signature)] }) }).refused(),
  },
  {
    slug: 'not-hex',
    level: 'MUST',
    clause: 'R7',
    requirement: text('64 characters that are no hex digits are refused.', '64 个非十六进制字符被拒绝。'),
    why: text(
      'A decoder that drops them compares nothing with nothing, and finds them equal.',
      '丢弃这些字符的解码器会拿空值与空值比较，并判为相等。',
    ),
    run: async ({ send, specimen }) =>
      send(await specimen(), { token: () => ({ signature: ['z'.repeat(64)] }) }).refused(),
  },
  {
    slug: 'non-ascii',
    level: 'MUST',
    clause: 'R7',
    requirement: text(
      '64 characters with one outside ASCII are refused, without an error of the server.',
      '含一个非 ASCII 字符的 64 个字符被拒绝，且服务器不报错。',
    ),
    why: text(
      'Lengths checked in characters and compared in bytes throw, and one request ends the process.',
      '按字符检查长度、按字节比较会抛出异常，一次请求就可能终止进程。',
    ),
    run: async ({ send, specimen }) =>
      send(await specimen(), {
        token: ({ signature }) => ({ signature: [`${signature.slice(0, 63)}é`] }),
      }).refused(),
  },
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
    level: 'MUST',
    clause: 'R6',
    requirement: text(
      'A call signed with the key of another interface type is refused.',
      '用其他接口类型的密钥签名的调用被拒绝。',
    ),
    why: text(
      'The store binds one key to one type; whoever leaks one should not open all.',
      '云商店将密钥与接口类型一一绑定；泄露一个不应打开全部。',
    ),
    run: async ({ send, specimen, keys }) => send(await specimen(), { key: keys.ofOtherRing() }).refused(),
  },
  {
    slug: 'empty-key',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A signature made with an empty key is refused.', '用空密钥计算的签名被拒绝。'),
    why: text(
      'The formula of some pages names no key; a server that reads it so lets everybody in.',
      '部分页面的公式未写明密钥；照此实现等于对所有人开放。',
    ),
    run: async ({ send, specimen }) => send(await specimen(), { key: { id: 'empty', secret: '' } }).refused(),
  },
  {
    slug: 'unkeyed-hash',
    level: 'MUST',
    clause: 'R1',
    requirement: text('A plain SHA-256 in place of the HMAC is refused.', '以普通 SHA-256 代替 HMAC 的签名被拒绝。'),
    why: text('A hash without a key can be computed by anybody.', '不带密钥的哈希任何人都能计算。'),
    run: async ({ send, specimen }) =>
      send(await specimen(), {
        formula: (_key, nonce, timestamp, payload) =>
          createHash('sha256').update(`${nonce}${timestamp}`).update(payload).digest('hex'),
      }).refused(),
  },
  {
    slug: 'body-changed',
    level: 'MUST',
    clause: 'R7',
    requirement: text('A body that was changed after signing is refused.', '签名后被改动的消息体被拒绝。'),
    why: text('Whoever passes a call on could change what it orders.', '转发者可以改动调用所下达的指令。'),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const changed = { ...call, message: { ...call.message, remark: 'changed on the way' } };
      await send(changed, { signed: composeBody({ ...call.message, remark: 'as signed' }) }).refused();
    },
  },
  {
    slug: 'empty-body-signed',
    level: 'MUST',
    clause: 'R7',
    requirement: text(
      'A signature over an empty body does not serve for a real one.',
      '对空消息体的签名不能用于真实消息体。',
    ),
    why: text(
      'A server whose framework has consumed the body verifies an empty one, whatever was sent.',
      '若框架已读走消息体，服务器校验的将始终是空内容。',
    ),
    run: async ({ send, specimen }) => send(await specimen(), { signed: '' }).refused(),
  },
  {
    slug: 'refused-only',
    level: 'SHOULD',
    clause: 'R7',
    requirement: text('A forged call does not use up the nonce it names.', '伪造的调用不会占用它所携带的随机数。'),
    why: text(
      'Otherwise whoever sees a call on its way can have the real one refused.',
      '否则看到在途调用的人可以使真正的调用被拒绝。',
    ),
    run: async ({ send, specimen, keys, names }) => {
      const call = await specimen();
      const nonce = names.id('nonce') + Date.now();
      await send(call, { nonce, key: keys.stranger }).refused();
      await send(call, { nonce }).accepted();
    },
  },
  {
    slug: 'extra-parameter',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text(
      'An additional query parameter, such as contentType, changes nothing.',
      '附加的查询参数（如 contentType）不产生影响。',
    ),
    why: text('One page lists contentType among the parameters.', '有页面将 contentType 列为查询参数。'),
    run: async ({ send, specimen }) =>
      send(await specimen(), {
        query: (query) => [query, 'contentType=application%2Fjson'].filter(Boolean).join('&'),
      }).accepted(),
  },
];
