import type { Draft, Level } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Message, Variant } from '../../flow/call.ts';
import { type Text, text } from '../../text.ts';

/** The specimen, with its query written another way; signed as documented. */
const accepted = (
  slug: string,
  level: Level,
  clause: ClauseId,
  requirement: Text,
  why: Text,
  more: Message,
  variant: Variant = {},
): Draft => ({
  slug,
  level,
  clause,
  requirement,
  why,
  run: async ({ send, specimen }) => {
    const call = await specimen();
    return send({ ...call, message: { ...call.message, ...more } }, variant).accepted();
  },
});

const extendParams = Buffer.from(JSON.stringify([{ name: 'emailDomainName', value: '测试' }])).toString('base64');

/** How the parameters of a query may be written; what is signed are their decoded values, sorted by name. */
export const parameters: readonly Draft[] = [
  accepted(
    'other-order',
    'MUST',
    'V1 token page',
    text('Parameters in another order verify.', '参数顺序不同时仍可通过验签。'),
    text('They are sorted before they are signed.', '签名前会对参数排序。'),
    {},
    { query: (query) => query.split('&').reverse().join('&') },
  ),
  accepted(
    'chinese',
    'MUST',
    'V1 token page',
    text('A Chinese customer name verifies by its decoded value.', '中文客户名称按解码后的值通过验签。'),
    text('Customers have names; their orders fail otherwise.', '客户名称常为中文，否则其订单会失败。'),
    { customerName: '测试公司 😀' },
  ),
  accepted(
    'encoded-signs',
    'MUST',
    'V1 token page',
    text('Signs such as + / = & verify by their decoded values.', '+ / = & 等字符按解码后的值通过验签。'),
    text(
      'Encrypted accounts and Base64 hold them; decoded twice, or not at all, they are others.',
      '加密的帐号与 Base64 含有这些字符；重复解码或未解码都会出错。',
    ),
    { customerName: 'A+B/C=D&E%20' },
  ),
  accepted(
    'extend-params',
    'MUST',
    'V1 token page',
    text(
      'saasExtendParams is signed as the Base64 that it is, not as what it holds.',
      'saasExtendParams 以 Base64 原文参与签名，而非解码后的内容。',
    ),
    text('Every order with additional parameters fails otherwise.', '否则带扩展参数的订单都会失败。'),
    { saasExtendParams: extendParams },
  ),
  accepted(
    'empty-value',
    'MUST',
    'V1 token page',
    text('A parameter with an empty value is part of what is signed.', '值为空的参数同样参与签名。'),
    text('The sample of the store leaves none out of a query.', '官方示例不会略去查询中的空值。'),
    { skuCode: '' },
  ),
  accepted(
    'unknown-parameter',
    'MUST',
    'V1 token page',
    text('A parameter that no page lists is signed, and otherwise ignored.', '文档未列出的参数参与签名，其余忽略。'),
    text(
      'Real calls carry more than the tables; a fixed list of names fails on each of them.',
      '实际调用的参数多于文档；固定名单会导致验签失败。',
    ),
    { zNewParameter: '1' },
  ),
  accepted(
    'upper-case-first',
    'SHOULD',
    'V1 token page',
    text('Names are sorted by their characters, upper case before lower case.', '参数名按字符编码排序，大写先于小写。'),
    text('The sample of the store sorts so.', '官方示例如此排序。'),
    { Zone: '1' },
  ),
  accepted(
    'blank-as-plus',
    'SHOULD',
    'R25',
    text('A blank that is written as a plus sign verifies.', '写作加号的空格可通过验签。'),
    text('Many HTTP clients write it so.', '许多 HTTP 客户端如此书写。'),
    { customerName: 'Acme Works' },
    { query: (query) => query.replaceAll('%20', '+') },
  ),
  accepted(
    'token-unencoded',
    'SHOULD',
    'R25',
    text('An authToken that is not percent-encoded verifies.', '未经百分号编码的 authToken 可通过验签。'),
    text('The examples of several pages print it so.', '多个页面的示例如此书写。'),
    {},
    { query: (query) => query.replace(/(?<=authToken=).*/, (value) => decodeURIComponent(value)) },
  ),
];
