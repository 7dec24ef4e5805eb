import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { codeOf } from '../../flow/judge.ts';
import type { Exchange } from '../../http/exchange.ts';
import { text } from '../../text.ts';

const mebibyte = 1024 * 1024;

/** How a body travels: in chunks, in pieces, cut short, too large, under another type (R8). */
export const bodyCarried: readonly Draft[] = [
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
      const size = (call.carrier === 'kit' || call.carrier === 'v1-body' ? 20 : 4) * mebibyte;
      const large = { ...call, message: { ...call.message, zPadding: 'x'.repeat(size) } };
      const exchange = await send(large).exchange();
      notTaken(exchange);
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
      notTaken(exchange);
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
];

/** The head of a request as it goes over the wire. */
function head(method: string, url: string, headers: readonly (readonly [string, string])[]): string {
  const { host, pathname, search } = new URL(url);
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`, ...lines, '', ''].join('\r\n');
}

/** No answer at all is fair here. */
function notTaken(exchange: Exchange): void {
  const code = codeOf(exchange);
  if (code !== '000000' && code !== '000004') return;
  throw new Deviation(text('a refusal, or a connection that is cut', '拒绝或断开连接'), text('success', '成功'));
}
