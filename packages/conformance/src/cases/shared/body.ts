import { gzipSync } from 'node:zlib';
import { composeBody, sortMembers } from '@koobridge/contracts';
import type { Draft, Level } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Message, Variant } from '../../flow/call.ts';
import { Deviation } from '../../flow/endings.ts';
import { codeOf } from '../../flow/judge.ts';
import { type Text, text } from '../../text.ts';

const mebibyte = 1024 * 1024;

/** The specimen, with its body written another way; signed over the bytes that are sent unless told otherwise. */
const written = (
  draft: Pick<Draft, 'slug' | 'level' | 'clause' | 'requirement' | 'why'> & { readonly mistake?: Text },
  vary: (message: Message) => Variant,
  expectation: 'accepted' | 'illegal' | 'notAccepted',
): Draft => ({
  ...draft,
  run: async ({ send, specimen }) => {
    const call = await specimen();
    const step = send(call, vary(call.message));
    return expectation === 'accepted'
      ? step.accepted()
      : expectation === 'illegal'
        ? step.answeredWith('000002')
        : step.notAccepted();
  },
});

const reversed = (message: Message): string => {
  const names = Object.keys(message).sort().reverse();
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(message[name])}`).join(',')}}`;
};

const illegal = (
  slug: string,
  what: Text,
  vary: (message: Message) => Variant,
  level: Level = 'SHOULD',
  clause: ClauseId = 'R8',
): Draft =>
  written(
    {
      slug,
      level,
      clause,
      requirement: text(
        `${what.en} is answered 000002, well signed as it is.`,
        `${what.zh}即使签名正确也应答 000002。`,
      ),
      why: text(
        'An error page or a dropped connection counts as a failure of yours, and hides the reason.',
        '错误页或断开的连接会被记为商家的故障，且掩盖原因。',
      ),
    },
    vary,
    'illegal',
  );

const withMember = (message: Message, name: string, value: string): string => {
  const body = composeBody(message);
  return `${body.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
};

/** How a body may be written, and which bytes are none (R4, R5, R8, R10). */
export const body: readonly Draft[] = [
  {
    slug: 'one-reading',
    level: 'MUST',
    clause: 'R4',
    requirement: text(
      'A body whose members are not in alphabetical order verifies by its bytes or by its sorted form.',
      '成员未按字母排序的消息体可按原始字节或排序后的形式通过验签。',
    ),
    why: text('Both stand on pages of the store, and neither is excluded.', '两种方式均见于云商店页面，且均未被排除。'),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const sent = reversed(call.message);
      const raw = await send(call, { body: sent }).exchange();
      const code = codeOf(raw);
      if (code === '000000' || code === '000004') return;
      await send(await specimen(), { body: sent, signed: sortMembers(sent) ?? sent }).exchange();
      const again = await specimen();
      const second = reversed(again.message);
      await send(again, { body: second, signed: sortMembers(second) ?? second }).accepted();
    },
  },
  written(
    {
      slug: 'raw-reading',
      level: 'SHOULD',
      clause: 'R4',
      requirement: text(
        'A signature over the bytes that were sent is accepted, in whatever order.',
        '对发送字节的签名无论成员顺序如何都被接受。',
      ),
      why: text('The License page has no sorting step.', 'License 页面没有排序步骤。'),
    },
    (message) => ({ body: reversed(message) }),
    'accepted',
  ),
  written(
    {
      slug: 'sorted-reading',
      level: 'SHOULD',
      clause: 'R4',
      requirement: text('A signature over the sorted members is accepted.', '对排序后成员的签名被接受。'),
      why: text('The SaaS page sorts, and so does the sample of the store.', 'SaaS 页面与官方示例工程均先排序。'),
    },
    (message) => {
      const sent = reversed(message);
      return { body: sent, signed: sortMembers(sent) ?? sent };
    },
    'accepted',
  ),
  written(
    {
      slug: 'spaced',
      level: 'SHOULD',
      clause: 'R4',
      requirement: text('White space between the members is accepted.', '成员之间的空白被接受。'),
      why: text('A gateway on the way may write the JSON anew.', '途中的网关可能重写 JSON。'),
    },
    (message) => ({ body: JSON.stringify(message, undefined, 2) }),
    'accepted',
  ),
  written(
    {
      slug: 'unicode',
      level: 'MUST',
      clause: 'requirements page',
      requirement: text('Chinese text in UTF-8 verifies and is accepted.', 'UTF-8 中文文本可通过验签并被接受。'),
      why: text('Customers have names; their orders fail otherwise.', '客户名称常为中文，否则其订单会失败。'),
    },
    (message) => ({ body: withMember(message, 'zRemark', JSON.stringify('测试公司 😀')) }),
    'accepted',
  ),
  written(
    {
      slug: 'escaped',
      level: 'SHOULD',
      clause: 'R4',
      requirement: text(
        'Text written in \\u escapes verifies over the bytes as they came.',
        '以 \\u 转义书写的文本按原始字节验签。',
      ),
      why: text('One page of the store asks for such escapes.', '有页面要求使用此类转义。'),
    },
    (message) => ({ body: withMember(message, 'zRemark', '"\\u6d4b\\u8bd5"') }),
    'accepted',
  ),
  written(
    {
      slug: 'unknown-member',
      level: 'SHOULD',
      clause: 'R10',
      requirement: text('A member that no page lists is ignored.', '文档未列出的成员被忽略。'),
      why: text(
        'The store adds members; a strict schema fails on that day.',
        '云商店会增加成员，严格的模式届时会失败。',
      ),
    },
    (message) => ({ body: composeBody({ ...message, zNewMember: { nested: [1, 2] } }) }),
    'accepted',
  ),
  written(
    {
      slug: 'proto-member',
      level: 'SHOULD',
      clause: 'R10',
      requirement: text('A member called __proto__ does no harm.', '名为 __proto__ 的成员不造成影响。'),
      why: text(
        'It changes objects of the server in languages with prototypes.',
        '在带原型的语言中它会改动服务器的对象。',
      ),
    },
    (message) => ({ body: withMember(message, '__proto__', '{"resultCode":"999999","polluted":true}') }),
    'accepted',
  ),
  written(
    {
      slug: 'large',
      level: 'SHOULD',
      clause: 'R8',
      requirement: text('A body of 200 KiB is accepted.', '200 KiB 的消息体被接受。'),
      why: text('The default limit of many frameworks is 100 KB.', '许多框架的默认上限为 100 KB。'),
    },
    (message) => ({ body: composeBody({ ...message, zPadding: 'x'.repeat(200 * 1024) }) }),
    'accepted',
  ),
  {
    slug: 'oversized',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text(
      'A body far over the limit (4 MiB; of the Kit 20 MiB) is not accepted.',
      '远超上限的消息体（4 MiB；Kit 为 20 MiB）不被接受。',
    ),
    why: text('Reading whatever comes fills the memory of the server.', '无限制地读取会耗尽服务器内存。'),
    alone: true,
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const size = (call.carrier === 'kit' ? 20 : 4) * mebibyte;
      const exchange = await send(call, {
        body: composeBody({ ...call.message, zPadding: 'x'.repeat(size) }),
      }).exchange();
      const code = codeOf(exchange);
      if (code === '000000' || code === '000004') {
        throw new Deviation(text('a refusal, or a connection that is cut', '拒绝或断开连接'), text('success', '成功'));
      }
    },
  },
  {
    slug: 'chunked',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text(
      'A body in chunks, without a Content-Length, is accepted.',
      '分块传输、无 Content-Length 的消息体被接受。',
    ),
    why: text('A proxy before the server may send it so.', '服务器前的代理可能如此转发。'),
    run: async ({ send, specimen }) => {
      const headers = [
        ['Content-Type', 'application/json'],
        ['Transfer-Encoding', 'chunked'],
      ] as const;
      return send(await specimen(), { headers }).accepted();
    },
  },
  {
    slug: 'in-pieces',
    level: 'MUST',
    clause: 'R8',
    requirement: text('A body that arrives in two packets is read to its end.', '分两个数据包到达的消息体被完整读取。'),
    why: text('Whoever takes the first packet for all fails now and then.', '只读第一个数据包会偶发失败。'),
    run: async ({ raw, specimen }) =>
      raw(await specimen(), ({ method, url, headers, body: bytes }) => [
        head(method, url, [...headers, ['Content-Length', String(bytes.length)]]),
        bytes.subarray(0, 20),
        150,
        bytes.subarray(20),
      ]).accepted(),
  },
  {
    slug: 'cut-short',
    level: 'MUST',
    clause: 'R7',
    requirement: text(
      'A body that ends before its Content-Length is not acted upon.',
      '短于 Content-Length 的消息体不被执行。',
    ),
    why: text('Half a message is another message.', '半条消息是另一条消息。'),
    run: async ({ raw, specimen }) => {
      const exchange = await raw(
        await specimen(),
        ({ method, url, headers, body: bytes }) => [
          head(method, url, [...headers, ['Content-Length', String(bytes.length + 10)]]),
          bytes,
        ],
        { thenClose: true },
      ).exchange();
      const code = codeOf(exchange);
      if (code === '000000' || code === '000004') {
        throw new Deviation(text('no success', '不成功'), text('success', '成功'));
      }
    },
  },
  {
    slug: 'charset',
    level: 'MUST',
    clause: 'SaaS signature page',
    requirement: text(
      'Content-Type application/json;charset=utf8 is accepted.',
      'Content-Type 为 application/json;charset=utf8 时被接受。',
    ),
    why: text('The store sends it so.', '云商店正是如此发送。'),
    run: async ({ send, specimen }) =>
      send(await specimen(), {
        headers: [
          ['Accept', 'application/json'],
          ['Content-Type', 'application/json;charset=utf8'],
        ],
      }).accepted(),
  },
  {
    slug: 'other-type',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text(
      'Content-Type text/plain is no reason to refuse.',
      'Content-Type 为 text/plain 不构成拒绝的理由。',
    ),
    why: text(
      'The body is JSON, and signed; frameworks that look at the type read nothing.',
      '消息体是已签名的 JSON；只看类型的框架会读不到内容。',
    ),
    run: async ({ send, specimen }) => send(await specimen(), { headers: [['Content-Type', 'text/plain']] }).accepted(),
  },
  {
    slug: 'no-type',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('A call without a Content-Type is accepted.', '没有 Content-Type 的调用被接受。'),
    why: text('The body is JSON, and signed.', '消息体是已签名的 JSON。'),
    run: async ({ send, specimen }) => send(await specimen(), { headers: [] }).accepted(),
  },
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
    'SHOULD',
    'R5',
  ),
  illegal(
    'repeated-nested-member',
    text('A member name that occurs twice in a nested object', '嵌套对象中重复出现的成员名'),
    (message) => ({ body: withMember(message, 'zNested', '{"a":1,"a":2}') }),
    'SHOULD',
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

/** The head of a request as it goes over the wire. */
function head(method: string, url: string, headers: readonly (readonly [string, string])[]): string {
  const { host, pathname, search } = new URL(url);
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`, ...lines, '', ''].join('\r\n');
}
