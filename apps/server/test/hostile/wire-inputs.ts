import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { composeBody } from '@koobridge/contracts';
import { renewal } from '../callbacks.ts';
import type { Seller } from '../seller.ts';
import { head } from '../wire.ts';
import type { ServerAnswer, Wanted } from './token-inputs.ts';

export type WireGroup = 'query' | 'method and path' | 'headers' | 'length and chunks' | 'body' | 'replay';

/** An input whose point is how it travels, so that only a server can get it. */
export interface WireInput {
  readonly group: WireGroup;
  readonly name: string;
  /** What the server answers, to each call on the connection in its turn. */
  readonly wanted: readonly Wanted[];
  send(from: Sender): Sent;
}

/** What is written, each part in a packet of its own, and what is done with the socket after that. */
export interface Sent {
  readonly parts: readonly (string | Uint8Array)[];
  readonly after?: (socket: Socket) => unknown;
}

export interface Sender {
  readonly seller: Seller;
  /** A good renewal that was not sent before. */
  body(): string;
  /** The production address with a fresh token over the body. */
  target(body: string | Uint8Array, more?: string): string;
}

export function senderTo(seller: Seller): Sender {
  let sent = 0;
  return {
    seller,
    body() {
      sent += 1;
      return composeBody(renewal(`PL-wire-${sent}`, '20270101000000'));
    },
    target: (body, more = '') => `/production?${seller.store.query(body)}${more}`,
  };
}

const applied: ServerAnswer = { resultCode: '000000', receipts: 1 };
const refused = (says: string, receipts: 0 | 1 = 0): readonly ServerAnswer[] => [
  { resultCode: '000002', says, receipts },
];
const wrong: ServerAnswer = { resultCode: '000001', says: 'No key', receipts: 0 };
const noHttp = refused('no HTTP request');
const noPath = refused('no interface at this path');
const mebibyte = 1024 * 1024;

const close = 'Connection: close';
const lengthOf = (body: string | Uint8Array): string => `Content-Length: ${Buffer.byteLength(body)}`;
const chunked = (body: string | Uint8Array, ...extensions: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from(`${Buffer.byteLength(body).toString(16)}${extensions.join('')}\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n0\r\n\r\n'),
  ]);

const trailed =
  (line: string) =>
  (body: string): string =>
    chunked(body).toString().replace(/\r\n$/, `${line}\r\n\r\n`);

/** A good call, with other lines in its head; `reshape` may change the head as a whole. */
const good =
  (lines: readonly string[] = [], reshape: (head: string) => string = (whole) => whole, more?: string) =>
  ({ body, target }: Sender): Sent => {
    const text = body();
    return { parts: [reshape(head(target(text, more), lengthOf(text), close, ...lines)), text] };
  };

/** A good call to another target: everything else about it is right. */
const goodAt =
  (readdress: (target: string) => string, method = 'POST') =>
  ({ body, target }: Sender): Sent => {
    const text = body();
    return { parts: [head(readdress(target(text)), lengthOf(text), close).replace('POST', method), text] };
  };

/** A good call whose head says of its body what `lines` say. */
const framed =
  (lines: (body: string) => readonly string[], frame: (body: string) => string | Uint8Array = (body) => body) =>
  ({ body, target }: Sender): Sent => {
    const text = body();
    return { parts: [head(target(text), ...lines(text)), frame(text)] };
  };

/** A signed body of the sender's making, whole. */
const carrying =
  (make: (body: string) => string | Uint8Array, ...lines: readonly string[]) =>
  ({ body, target }: Sender): Sent => {
    const bytes = make(body());
    return { parts: [head(target(bytes), lengthOf(bytes), close, ...lines), bytes] };
  };

/** A good renewal, filled up with an unknown member to this many bytes. */
const filled =
  (bytes: number) =>
  (body: string): string => {
    const before = body.slice(0, -1);
    return `${before},"zFiller":"${'x'.repeat(bytes - before.length - 14)}"}`;
  };

/** A query of this many bytes that means nothing. */
const padding = (bytes: number): string => `x=${'q'.repeat(bytes - 2)}`;

/** What somebody would like to have executed, hidden behind a call. */
const hidden = ({ body, target }: Sender): string => {
  const text = body();
  return head(target(text), lengthOf(text), close) + text;
};

const queries: readonly Omit<WireInput, 'group'>[] = [
  ['no query', refused('"signature"'), goodAt(() => '/production')],
  [
    'a token in the body, none in the query',
    refused('"signature"'),
    ({ body, target }: Sender) => {
      const form = target(body()).slice('/production?'.length);
      return { parts: [head('/production', lengthOf(form), close), form] };
    },
  ],
  [
    'a token in headers, none in the query',
    refused('"signature"'),
    ({ body, target }: Sender) => {
      const text = body();
      const lines = target(text)
        .slice('/production?'.length)
        .split('&')
        .map((pair) => pair.replace('=', ': '));
      return { parts: [head('/production', lengthOf(text), close, ...lines), text] };
    },
  ],
  ['a token behind a # sign', refused('"signature"'), goodAt((target) => target.replace('?', '#'))],
  ['two question marks', refused('"signature"'), goodAt((target) => target.replace('?', '??'))],
  ['semicolons between the parameters', refused('"timestamp"'), goodAt((target) => target.replaceAll('&', ';'))],
  ['&amp; between the parameters', refused('"timestamp"'), goodAt((target) => target.replaceAll('&', '&amp;'))],
  [
    '×tamp: a query from a help page that ate &times',
    refused('"timestamp"'),
    goodAt((target) => target.replace('&timestamp', encodeURI('×tamp'))),
  ],
  ['names in capitals', refused('"signature"'), goodAt((target) => target.replace('signature', 'SIGNATURE'))],
  ['names with brackets', refused('"signature"'), goodAt((target) => target.replace('signature', 'signature[]'))],
  ['names in percent-encoding', [applied], goodAt((target) => target.replace('signature', '%73ignature'))],
  [
    'other parameters around the token',
    [applied],
    good([], undefined, '&contentType=application/json&x=%ff&x&__proto__=1'),
  ],
  ...(['signature', 'timestamp', 'nonce'] as const).flatMap(
    (name) =>
      [
        [`${name} twice, equal`, refused('more than once'), goodAt((target) => `${target}&${pairOf(target, name)}`)],
        [
          `${name} twice, the first one wrong`,
          refused('more than once'),
          goodAt((target) => target.replace('?', `?${name}=1&`)),
        ],
        [`${name} twice, one of them empty`, refused('more than once'), goodAt((target) => `${target}&${name}`)],
        [
          `${name} twice, once in percent-encoding`,
          refused('more than once'),
          goodAt((target) => `${target}&%${name.charCodeAt(0).toString(16)}${name.slice(1)}=1`),
        ],
        [
          `${name} with a broken escape`,
          refused(name),
          goodAt((target) => target.replace(pairOf(target, name), `${pairOf(target, name)}%`)),
        ],
        [
          `${name} with an escape that is no UTF-8`,
          refused(name),
          goodAt((target) => target.replace(pairOf(target, name), `${pairOf(target, name)}%ff`)),
        ],
      ] as const,
  ),
  ['a raw character that is not ASCII', noHttp, goodAt((target) => target.replace('signature=', 'signature=\u00fc'))],
  ['20 KB besides the token', [applied], good([], undefined, `&${padding(20_000)}`)],
  ['100 KB besides the token', noHttp, good([], undefined, `&${padding(100_000)}`)],
  ['1 MB besides the token', noHttp, good([], undefined, `&${padding(1_000_000)}`)],
  ['5,000 parameters besides the token', [applied], good([], undefined, '&a=1'.repeat(5_000))],
].map(input);

const pairOf = (target: string, name: string): string => new RegExp(`${name}=[^&]*`).exec(target)?.[0] ?? '';

const methodsAndPaths: readonly Omit<WireInput, 'group'>[] = [
  ...['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'].map(
    (method) =>
      [`${method} with a good token`, refused(`method ${method}`), goodAt((target) => target, method)] as const,
  ),
  ['a method that HTTP does not know', noHttp, goodAt((target) => target, 'SELL')],
  ['post in small letters', noHttp, goodAt((target) => target, 'post')],
  [
    'GET that asks to be taken for POST',
    refused('method GET'),
    ({ body, target }: Sender) => {
      const text = body();
      const lines = [lengthOf(text), close, 'X-HTTP-Method-Override: POST', 'X-Method-Override: POST'];
      return { parts: [head(target(text, '&_method=POST'), ...lines).replace('POST', 'GET'), text] };
    },
  ],
  [
    '3 MB behind a wrong method',
    refused('method PUT'),
    () => ({
      parts: [head('/production', 'Content-Length: 3000000', close).replace('POST', 'PUT'), 'x'.repeat(3_000_000)],
    }),
  ],
  ...[
    '/',
    '//',
    '/unknown',
    '/%ff',
    '/..%2f',
    '/.',
    '/produceAPI/v2/tenantsync',
    '/../admin/licenses/x',
    '/%2e%2e/admin/licenses/x',
  ].map(
    (path) =>
      [`a path below the address: ${path}`, noPath, goodAt((target) => target.replace('?', `${path}?`))] as const,
  ),
  ...['/productions', '/Production', '/%70roduction', '//production', '/', '/production;x=1', '/production%00'].map(
    (path) => [`another path: ${path}`, [404], goodAt((target) => target.replace('/production', path))] as const,
  ),
  ['the whole address in the request line', [applied], goodAt((target) => `http://seller${target}`)],
  ['the address of another host in the request line', [applied], goodAt((target) => `http://other.example${target}`)],
  ['a request line that is no address', noHttp, () => ({ parts: [head('http://[::1/production', close)] })],
  [
    'a token of this interface at an interface of the Kit',
    refused('"x-sign"'),
    goodAt((target) => target.replace('?', '/produceAPI/v2/tenantSync?')),
  ],
].map(input);

const headers: readonly Omit<WireInput, 'group'>[] = [
  ['no Host', [applied], good([], (whole) => whole.replace('Host: seller\r\n', ''))],
  ['two Hosts', [applied], good(['Host: other.example'])],
  ['100 more headers', [applied], good(Array.from({ length: 100 }, (_, index) => `X-${index}: 1`))],
  ['990 more headers', [applied], good(Array.from({ length: 990 }, () => 'X: 1'))],
  ['1,100 more headers', noHttp, good(Array.from({ length: 1_100 }, () => 'X: 1'))],
  ['10,000 more headers', noHttp, good(Array.from({ length: 10_000 }, () => 'X: 1'))],
  ['a header of 100 KB', noHttp, good([`X: ${'h'.repeat(100_000)}`])],
  ['a header name of 100 KB', noHttp, good([`${'h'.repeat(100_000)}: 1`])],
  ['a header line without a colon', noHttp, good(['garbage'])],
  ['a blank before the colon', noHttp, good(['X : 1'])],
  ['a header folded over two lines', noHttp, good(['X: 1\r\n 2'])],
  ['a control character in a header', noHttp, good(['X: a\u0001b'])],
  ['NUL in a header', noHttp, good(['X: a\u0000b'])],
  ['a bare CR in a header', noHttp, good(['X: a\rb'])],
  ['lines that end with LF alone', noHttp, good([], (whole) => whole.replaceAll('\r\n', '\n'))],
  [
    'garbage in a header that comes later',
    noHttp,
    () => ({ parts: ['POST /production HTTP/1.1\r\nHost: seller\r\n', 'gar bage\r\n\r\n'] }),
  ],
  [
    'Expect: 100-continue',
    [applied],
    ({ body, target }: Sender) => {
      const text = body();
      return { parts: [head(target(text), lengthOf(text), close, 'Expect: 100-continue'), text] };
    },
  ],
  ['an Expect that nobody knows', [applied], good(['Expect: a miracle'])],
  ['Upgrade to a web socket', [applied], good(['Upgrade: websocket', 'Connection: Upgrade'])],
  ['Upgrade to HTTP/2', [applied], good(['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'])],
  [
    'X-Forwarded-For and what else may be forged',
    [applied],
    good(['X-Forwarded-For: 127.0.0.1', 'X-Original-URL: /admin', 'X-Rewrite-URL: /admin', 'Forwarded: for=127.0.0.1']),
  ],
  ...['text/plain', 'application/xml; charset=gbk', 'multipart/form-data', 'application/json; charset=utf-16', ''].map(
    (type) => [`Content-Type: ${type === '' ? 'empty' : type}`, [applied], good([`Content-Type: ${type}`])] as const,
  ),
  ['HTTP/1.0', [applied], good([], (whole) => whole.replace('HTTP/1.1', 'HTTP/1.0'))],
  ['HTTP/9.9', noHttp, good([], (whole) => whole.replace('HTTP/1.1', 'HTTP/9.9'))],
  ['HTTP/2 from the first byte on', noHttp, () => ({ parts: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'] })],
  [
    'TLS from the first byte on',
    noHttp,
    () => ({ parts: ['\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n'] }),
  ],
  ['64 KB of zeros', noHttp, () => ({ parts: [Buffer.alloc(64 * 1024)] })],
].map(input);

const framings: readonly Omit<WireInput, 'group'>[] = [
  ['in chunks', [applied], framed(() => ['Transfer-Encoding: chunked', close], chunked)],
  [
    'in chunks of one byte',
    [applied],
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => `${[...body].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`,
    ),
  ],
  [
    'in chunks with an extension',
    [applied],
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => chunked(body, ';x="y"'),
    ),
  ],
  ['in chunks with a trailer', [applied], framed(() => ['Transfer-Encoding: chunked', close], trailed('X-Sign: 1'))],
  [
    'in chunks with a length as their trailer',
    noHttp,
    framed(() => ['Transfer-Encoding: chunked', close], trailed('Content-Length: 5')),
  ],
  [
    'a chunk whose size is no number',
    noHttp,
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => `zz\r\n${body}\r\n0\r\n\r\n`,
    ),
  ],
  [
    'a chunk of 2^64 bytes',
    noHttp,
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => `10000000000000000\r\n${body}\r\n0\r\n\r\n`,
    ),
  ],
  [
    'a chunk of a negative size',
    noHttp,
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => `-1\r\n${body}\r\n0\r\n\r\n`,
    ),
  ],
  [
    'a chunk longer than it says',
    noHttp,
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => `5\r\n${body}\r\n0\r\n\r\n`,
    ),
  ],
  [
    'a chunk with an extension of 100 KB',
    noHttp,
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => chunked(body, `;${'x'.repeat(100_000)}`),
    ),
  ],
  ['a length and chunks', noHttp, framed((body) => [lengthOf(body), 'Transfer-Encoding: chunked', close], chunked)],
  [
    'a blank before the colon of Transfer-Encoding',
    noHttp,
    framed((body) => [lengthOf(body), 'Transfer-Encoding : chunked', close], chunked),
  ],
  ['chunks under a name nobody knows', noHttp, framed(() => ['Transfer-Encoding: xchunked', close], chunked)],
  ['chunked, and then something else', noHttp, framed(() => ['Transfer-Encoding: chunked, gzip', close], chunked)],
  [
    'two Transfer-Encodings',
    noHttp,
    framed(
      () => ['Transfer-Encoding: identity', 'Transfer-Encoding: chunked', close],
      (body) => body,
    ),
  ],
  ['two lengths', noHttp, framed((body) => [lengthOf(body), 'Content-Length: 3', close])],
  ['two equal lengths', noHttp, framed((body) => [lengthOf(body), lengthOf(body), close])],
  ['a list of lengths', noHttp, framed((body) => [`${lengthOf(body)}, ${Buffer.byteLength(body)}`, close])],
  ['a negative length', noHttp, framed(() => ['Content-Length: -1', close])],
  ['a length with a plus sign', noHttp, framed((body) => [lengthOf(body).replace(': ', ': +'), close])],
  ['a length in hexadecimal', noHttp, framed(() => ['Content-Length: 0xf0', close])],
  ['a length of 2^64', noHttp, framed(() => ['Content-Length: 18446744073709551616', close])],
  ['a length of 1 GiB', refused('larger than 1048576'), framed(() => [`Content-Length: ${1024 * mebibyte}`])],
  ['neither length nor chunks', [wrong], framed(() => [close])],
  ['a length one byte too short', [wrong], framed((body) => [`Content-Length: ${Buffer.byteLength(body) - 1}`, close])],
  [
    'a length one byte too long, and no more to come',
    refused('did not arrive'),
    framed((body) => [`Content-Length: ${Buffer.byteLength(body) + 1}`]),
  ],
  [
    'another call hidden behind a body, by the length',
    [wrong, applied],
    (from: Sender) => {
      const text = from.body();
      return { parts: [head(from.target(`${text}x`), lengthOf(text)) + text + hidden(from)] };
    },
  ],
  [
    'another call hidden behind chunks, by a length too',
    noHttp,
    (from: Sender) => {
      const smuggled = `0\r\n\r\n${hidden(from)}`;
      return { parts: [head(from.target(smuggled), lengthOf(smuggled), 'Transfer-Encoding: chunked') + smuggled] };
    },
  ],
  [
    'another call hidden in a body that is signed as a whole',
    refused('it is not JSON', 1),
    (from: Sender) => {
      const smuggled = hidden(from);
      return { parts: [head(from.target(smuggled), lengthOf(smuggled), close), smuggled] };
    },
  ],
  [
    'two calls at once',
    [applied, applied],
    (from: Sender) => {
      const text = from.body();
      return { parts: [head(from.target(text), lengthOf(text)) + text + hidden(from)] };
    },
  ],
  [
    'a call, and garbage at once',
    [applied],
    ({ body, target }: Sender) => {
      const text = body();
      return { parts: [`${head(target(text), lengthOf(text))}${text}garbage\r\n\r\n`] };
    },
  ],
].map(input);

const wireBodies: readonly Omit<WireInput, 'group'>[] = [
  ['1 MiB', [applied], carrying(filled(mebibyte))],
  ['one byte over 1 MiB', refused('larger than 1048576'), carrying(filled(mebibyte + 1))],
  [
    'one byte over 1 MiB, in chunks',
    refused('larger than 1048576'),
    framed(
      () => ['Transfer-Encoding: chunked', close],
      (body) => chunked(filled(mebibyte + 1)(body)),
    ),
  ],
  ['9 MiB, of which nothing is kept', refused('larger than 1048576'), carrying(filled(9 * mebibyte))],
  ...['gzip', 'deflate', 'br', 'GZIP', 'gzip, identity', 'unheard-of'].map(
    (encoding) =>
      [
        `Content-Encoding: ${encoding}`,
        refused('compressed'),
        carrying((body) => gzipSync(body), `Content-Encoding: ${encoding}`),
      ] as const,
  ),
  [
    '10 MB of zeros, in 10 KB of gzip',
    refused('compressed'),
    carrying(() => gzipSync(Buffer.alloc(10_000_000)), 'Content-Encoding: gzip'),
  ],
  ['gzip that does not say so', refused('not UTF-8', 1), carrying((body) => gzipSync(body))],
  ['Content-Encoding: identity', [applied], good(['Content-Encoding: identity'])],
  [
    'a form',
    refused('it is not JSON', 1),
    carrying(() => 'activity=refreshLicenseCode&license=PL-1', 'Content-Type: application/x-www-form-urlencoded'),
  ],
  [
    'in pieces, but in time',
    [applied],
    ({ body, target }: Sender) => {
      const text = body();
      return { parts: [head(target(text), lengthOf(text), close), ...(text.match(/.{1,7}/g) ?? [])] };
    },
  ],
  [
    'a byte now and then, never whole in time',
    refused('did not arrive'),
    ({ body, target }: Sender) => {
      const text = body();
      let sent = 0;
      return {
        parts: [head(target(text), lengthOf(text))],
        after(socket: Socket) {
          const timer = setInterval(() => socket.write(text.charAt(sent++)), 30);
          socket.once('close', () => clearInterval(timer));
        },
      };
    },
  ],
  [
    '50,000 members',
    [wrong],
    ({ target }: Sender) => {
      const text = `{${Array.from({ length: 50_000 }, (_, index) => `"m${index}":1`).join(',')}}`;
      return { parts: [head(target('{}'), lengthOf(text), close), text] };
    },
  ],
].map(input);

const replays: readonly Omit<WireInput, 'group'>[] = [
  [
    'the same bytes a second time',
    [applied, { resultCode: '000001', says: 'nonce was used before', receipts: 0 }],
    ({ body, target }: Sender) => {
      const text = body();
      const address = target(text);
      return { parts: [head(address, lengthOf(text)) + text + head(address, lengthOf(text), close) + text] };
    },
  ],
  [
    'the same token over another body',
    [applied, wrong],
    ({ body, target }: Sender) => {
      const text = body();
      const other = body();
      const address = target(text);
      return { parts: [head(address, lengthOf(text)) + text + head(address, lengthOf(other), close) + other] };
    },
  ],
  [
    'the same token in other letters',
    [applied, { resultCode: '000001', says: 'nonce was used before', receipts: 0 }],
    ({ body, target }: Sender) => {
      const text = body();
      const address = target(text);
      const other = address.replace(/signature=[^&]*/, (found) =>
        found.replace(/[A-F]/g, (digit) => digit.toLowerCase()),
      );
      return { parts: [head(address, lengthOf(text)) + text + head(other, lengthOf(text), close) + text] };
    },
  ],
].map(input);

type Row = readonly [name: string, wanted: WireInput['wanted'], send: WireInput['send']];

function input(row: readonly unknown[]): Omit<WireInput, 'group'> {
  const [name, wanted, send] = row as Row;
  return { name, wanted, send };
}

const inGroup = (group: WireGroup, inputs: readonly Omit<WireInput, 'group'>[]): readonly WireInput[] =>
  inputs.map((each) => ({ group, ...each }));

export const wireInputs: readonly WireInput[] = [
  ...inGroup('query', queries),
  ...inGroup('method and path', methodsAndPaths),
  ...inGroup('headers', headers),
  ...inGroup('length and chunks', framings),
  ...inGroup('body', wireBodies),
  ...inGroup('replay', replays),
];
