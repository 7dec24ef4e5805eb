import type { Draft } from '../../case.ts';
import { text } from '../../text.ts';

const probes = text(
  'The store replays the saved cases twice a day; five days of failure hide the product.',
  '云商店每天两次重放已保存的用例；连续五天失败商品即被隐藏。',
);
const looksUp = text(
  'Debugging calls are looked up like real ones: answer them before any state is read or written.',
  '调试调用被当作真实调用查询：应在读写任何状态之前应答。',
);

/** Calls of the debugging page and the twice-daily probes (R11, R12). */
export const debugging: readonly Draft[] = [
  {
    slug: 'accepted',
    level: 'MUST',
    clause: 'R12',
    requirement: text(
      'Every interface answers a debugging call with success, about whatever id.',
      '每个接口对调试调用均应答成功，无论 id 为何。',
    ),
    why: text('The product cannot be published before its cases are saved.', '用例未保存成功，商品就无法发布。'),
    mistake: looksUp,
    run: async ({ send, debuggingCalls }) => {
      for (const call of debuggingCalls()) await send(call).answeredWith('000000');
    },
  },
  {
    slug: 'any-order',
    level: 'MUST',
    clause: 'R12',
    requirement: text('Saved cases succeed again and again, in any order.', '已保存的用例以任意顺序反复执行均成功。'),
    why: probes,
    mistake: looksUp,
    run: async ({ send, debuggingCalls }) => {
      const calls = debuggingCalls();
      for (const call of [...calls].reverse()) await send(call).answeredWith('000000');
      for (const call of calls) await send(call).answeredWith('000000');
      for (const call of [...calls].reverse()) await send(call).answeredWith('000000');
    },
  },
  {
    slug: 'numeric-flag',
    level: 'SHOULD',
    clause: 'R11',
    requirement: text('testFlag as the number 1 is debugging too.', '数字 1 的 testFlag 同样表示调试。'),
    why: text('Some pages of the store type it as an integer.', '部分页面将其定义为整数。'),
    run: async ({ send, debuggingCalls }) => {
      for (const call of debuggingCalls()) {
        await send({ ...call, message: { ...call.message, testFlag: 1 } }).answeredWith('000000');
      }
    },
  },
  {
    slug: 'flag-outside',
    level: 'SHOULD',
    clause: 'R11',
    requirement: text(
      'A testFlag that is neither 0 nor 1 is answered 000002.',
      '既非 0 也非 1 的 testFlag 应答 000002。',
    ),
    why: text('Nobody knows whether such a call is real.', '无法判断此类调用是否真实。'),
    run: async ({ send, debuggingCalls }) => {
      for (const call of debuggingCalls()) {
        await send({ ...call, message: { ...call.message, testFlag: '2' } }).answeredWith('000002');
      }
    },
  },
  {
    slug: 'token-checked',
    level: 'MUST',
    clause: 'R12',
    requirement: text('A debugging call with a wrong signature is refused.', '签名错误的调试调用被拒绝。'),
    why: text(
      'The first thing the debugging page shows is whether your check works; a bypass for tests is a bypass.',
      '调试页面首先验证签名校验是否有效；为测试留的后门也是后门。',
    ),
    run: async ({ send, debuggingCalls, keys }) => {
      for (const call of debuggingCalls()) await send(call, { key: keys.stranger }).refused();
    },
  },
  {
    slug: 'flag-zero',
    level: 'MUST',
    clause: 'R11',
    requirement: text('testFlag 0 is real traffic, and accepted.', 'testFlag 为 0 表示真实流量，并被接受。'),
    why: text('Older pages send it with every real call.', '旧页面在每个真实调用中都携带它。'),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      return send({
        ...call,
        message: { ...call.message, testFlag: call.carrier === 'kit' || call.carrier === 'v1-body' ? 0 : '0' },
      }).accepted();
    },
  },
  {
    slug: 'flag-absent',
    level: 'MUST',
    clause: 'R11',
    requirement: text(
      'A call without testFlag is real traffic, and accepted.',
      '不带 testFlag 的调用为真实流量，并被接受。',
    ),
    why: text('Newer pages leave it out of real calls.', '新页面的真实调用不再携带它。'),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const { testFlag: _, ...message } = call.message;
      return send({ ...call, message }).accepted();
    },
  },
  {
    slug: 'flag-null',
    level: 'SHOULD',
    clause: 'R10',
    requirement: text(
      'A testFlag of null, empty or the number 0 is real traffic.',
      'testFlag 为 null、空或数字 0 表示真实流量。',
    ),
    why: text('What is absent is written in several ways.', '缺省值有多种写法。'),
    run: async ({ send, specimen }) => {
      for (const testFlag of ['null', '""', '0']) {
        const call = await specimen();
        const { testFlag: _, ...message } = call.message;
        const members = Object.entries(message).map(
          ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
        );
        await send(call, { body: `{${[...members, `"testFlag":${testFlag}`].join(',')}}` }).accepted();
      }
    },
  },
];
