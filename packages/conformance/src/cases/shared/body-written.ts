import { composeBody, sortMembers } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import type { Message, Variant } from '../../flow/call.ts';
import { codeOf } from '../../flow/judge.ts';
import { text } from '../../text.ts';

/** The specimen, with its body written another way; signed over the bytes that are sent unless told otherwise. */
const written = (draft: Omit<Draft, 'run'>, vary: (message: Message) => Variant): Draft => ({
  ...draft,
  run: async ({ send, specimen }) => {
    const call = await specimen();
    return send(call, vary(call.message)).accepted();
  },
});

const reversed = (message: Message): string => {
  const names = Object.keys(message).sort().reverse();
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(message[name])}`).join(',')}}`;
};

export const withMember = (message: Message, name: string, value: string): string => {
  const body = composeBody(message);
  return `${body.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
};

/** How a body may be written (R4, R10). */
export const bodyWritten: readonly Draft[] = [
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
  ),
];
