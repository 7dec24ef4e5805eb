import type { Draft, Level } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Message, Variant } from '../../flow/call.ts';
import { type Text, text } from '../../text.ts';

interface Writing {
  readonly slug: string;
  readonly level: Level;
  readonly clause: ClauseId;
  readonly requirement: Text;
  readonly why: Text;
  readonly more?: Message;
  readonly variant?: Variant;
}

const written = ({ more = {}, variant = {}, ...draft }: Writing): Draft => ({
  ...draft,
  run: async ({ send, specimen }) => {
    const call = await specimen();
    return send({ ...call, message: { ...call.message, ...more } }, variant).accepted();
  },
});

const signsValues = text(
  'The token signs the values of the members, not the bytes of the body.',
  '令牌对成员的值签名，而非消息体的字节。',
);

const reversed = (body: string): string =>
  JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body)).reverse()));
const escaped = (body: string): string =>
  body.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** How a body may be written (R5, R10, R25). */
export const kitBodyWritten: readonly Draft[] = [
  written({
    slug: 'other-order',
    level: 'MUST',
    clause: 'V1 Kit token page',
    requirement: text('Members in another order verify.', '成员顺序不同时仍可通过验签。'),
    why: signsValues,
    variant: { rewritten: reversed },
  }),
  written({
    slug: 'spaced',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text('White space between the members is accepted.', '成员之间的空白被接受。'),
    why: signsValues,
    variant: { rewritten: (body) => JSON.stringify(JSON.parse(body), undefined, 2) },
  }),
  written({
    slug: 'chinese',
    level: 'MUST',
    clause: 'V1 Kit token page',
    requirement: text('A Chinese name in UTF-8 verifies.', 'UTF-8 中文名称可通过验签。'),
    why: text('Enterprises have names; they cannot be bound otherwise.', '企业名称常为中文，否则无法绑定。'),
    more: { name: '测试公司 😀' },
  }),
  written({
    slug: 'escaped',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text('A name in \\u escapes verifies by its value.', '以 \\u 转义书写的名称按其值通过验签。'),
    why: signsValues,
    more: { name: '测试公司' },
    variant: { rewritten: escaped },
  }),
  written({
    slug: 'blank-members',
    level: 'MUST',
    clause: 'V1 Kit token page',
    requirement: text(
      'Members that are null, empty or blank are no part of what is signed.',
      '为 null、空或空白的成员不参与签名。',
    ),
    why: text(
      'The sample of the store leaves them out of a body, unlike of a query.',
      '官方示例对消息体会略去它们，与查询不同。',
    ),
    more: { zNull: null, zEmpty: '', zBlank: '  ' },
  }),
  written({
    slug: 'unknown-member',
    level: 'MUST',
    clause: 'V1 Kit token page',
    requirement: text(
      'A member that no page lists is signed, and otherwise ignored.',
      '文档未列出的成员参与签名，其余忽略。',
    ),
    why: text('A fixed list of names fails on the day the store adds one.', '固定名单会在云商店新增成员时失败。'),
    more: { zNewMember: 'new' },
  }),
  written({
    slug: 'quoted-token',
    level: 'MAY',
    clause: 'V1 Kit pages',
    requirement: text('An authToken in double quotes is understood.', '带双引号的 authToken 也能被理解。'),
    why: text('The example of the page prints it so.', '页面示例如此书写。'),
    variant: { token: ({ signature }) => ({ signature: [`"${signature}"`] }) },
  }),
  written({
    slug: 'large',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('A body of 200 KiB is accepted.', '200 KiB 的消息体被接受。'),
    why: text('The default limit of many frameworks is 100 KB.', '许多框架的默认上限为 100 KB。'),
    more: { zPadding: 'x'.repeat(200 * 1024) },
  }),
];

const illegal = (slug: string, what: Text, rewritten: NonNullable<Variant['rewritten']>): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R8',
  requirement: text(`${what.en} is refused in JSON.`, `${what.zh}以 JSON 拒绝。`),
  why: text(
    'An error page or a dropped connection counts as a failure of yours, and hides the reason.',
    '错误页或断开的连接会被记为商家的故障，且掩盖原因。',
  ),
  run: async ({ send, specimen }) => send(await specimen(), { rewritten }).answeredWith('000001', '000002'),
});

/** Which bytes are no body (R5, R8). */
export const kitBodyIllegal: readonly Draft[] = [
  illegal('not-json', text('A body that is no JSON', '非 JSON 的消息体'), () => 'activity=tenantSync'),
  illegal('empty', text('An empty body', '空消息体'), () => ''),
  illegal('array', text('A JSON array', 'JSON 数组'), (body) => `[${body}]`),
  illegal('null', text('The JSON null', 'JSON null'), () => 'null'),
  illegal('invalid-utf8', text('A byte that is no UTF-8', '非 UTF-8 的字节'), (body) => {
    const bytes = Buffer.from(body);
    bytes[bytes.indexOf('Acme')] = 0xff;
    return bytes;
  }),
  illegal('deep', text('JSON nested ten thousand levels deep, and never closed,', '嵌套一万层且未闭合的 JSON'), () =>
    '['.repeat(10_000),
  ),
  {
    slug: 'repeated-member',
    level: 'SHOULD',
    clause: 'R5',
    requirement: text('A member name that occurs twice is answered 000002.', '重复出现的成员名应答 000002。'),
    why: text('Two readers of one body read two messages.', '不同的解析器会读出不同的消息。'),
    run: async ({ send, specimen }) =>
      send(await specimen(), { rewritten: (body) => body.replace(/}$/, ',"name":"Acme"}') }).answeredWith('000002'),
  },
];
