import { gzipSync } from 'node:zlib';
import { composeBody } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Message, Variant } from '../../flow/call.ts';
import { type Text, text } from '../../text.ts';
import { withMember } from './body-written.ts';

/** The specimen with a body that is none, signed over its bytes. */
const illegal = (slug: string, what: Text, vary: (message: Message) => Variant, clause: ClauseId = 'R8'): Draft => ({
  slug,
  level: 'SHOULD',
  clause,
  requirement: text(`${what.en} is answered 000002, well signed as it is.`, `${what.zh}即使签名正确也应答 000002。`),
  why: text(
    'An error page or a dropped connection counts as a failure of yours, and hides the reason.',
    '错误页或断开的连接会被记为商家的故障，且掩盖原因。',
  ),
  run: async ({ send, specimen }) => {
    const call = await specimen();
    return send(call, vary(call.message)).answeredWith('000002');
  },
});

/** Which bytes are no body (R5, R8). */
export const bodyIllegal: readonly Draft[] = [
  illegal('not-json', text('A body that is no JSON', '非 JSON 的消息体'), () => ({ body: 'activity=newInstance' })),
  illegal('empty', text('An empty body', '空消息体'), () => ({ body: '' })),
  illegal('array', text('A JSON array', 'JSON 数组'), (message) => ({ body: JSON.stringify([message]) })),
  illegal('null', text('The JSON null', 'JSON null'), () => ({ body: 'null' })),
  illegal('byte-order-mark', text('A byte order mark before the JSON', 'JSON 之前的字节顺序标记'), (message) => ({
    body: `\ufeff${composeBody(message)}`,
  })),
  illegal('invalid-utf8', text('A byte that is no UTF-8', '非 UTF-8 的字节'), (message) => {
    const bytes = Buffer.from(withMember(message, 'zRemark', '"?"'));
    bytes[bytes.lastIndexOf('?')] = 0xff;
    return { body: bytes };
  }),
  illegal('deep', text('JSON nested ten thousand levels deep, and never closed,', '嵌套一万层且未闭合的 JSON'), () => ({
    body: '['.repeat(10_000),
  })),
  illegal(
    'repeated-member',
    text('A member name that occurs twice', '重复出现的成员名'),
    (message) => {
      const sent = composeBody(message);
      return { body: `${sent.slice(0, -1)},"testFlag":${JSON.stringify(message['testFlag'] ?? '0')}}` };
    },
    'R5',
  ),
  illegal(
    'repeated-nested-member',
    text('A member name that occurs twice in a nested object', '嵌套对象中重复出现的成员名'),
    (message) => ({ body: withMember(message, 'zNested', '{"a":1,"a":2}') }),
    'R5',
  ),
  illegal('compressed', text('A compressed body', '压缩的消息体'), (message) => ({
    body: gzipSync(composeBody(message)),
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
    ],
  })),
];
