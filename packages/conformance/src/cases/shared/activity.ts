import type { Draft } from '../../case.ts';
import { text } from '../../text.ts';

const unknown = (slug: string, activity: unknown, what: ReturnType<typeof text>): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R8',
  requirement: text(
    `A body whose activity is ${what.en} is answered 000002.`,
    `activity ${what.zh}的消息体应答 000002。`,
  ),
  why: text('An HTTP 500 in its place reads as an outage of yours.', '以 HTTP 500 代替会被视为商家故障。'),
  mistake: text(
    'The activity is dispatched without a default branch, or looked up in an object with a prototype.',
    '按 activity 分派时缺少默认分支，或在带原型的对象中查找。',
  ),
  run: async ({ send, specimen }) => {
    const call = await specimen();
    const { activity: _, ...message } = call.message;
    return send({ ...call, message: activity === undefined ? message : { activity, ...message } }).answeredWith(
      '000002',
    );
  },
});

/** What tells the interfaces of one address apart (R8). */
export const activity: readonly Draft[] = [
  unknown('unknown', 'somethingNew', text('unknown', '未知')),
  unknown('missing', undefined, text('missing', '缺失')),
  unknown('number', 7, text('a number', '为数字')),
  unknown('constructor', 'constructor', text('the word constructor', '为单词 constructor')),
  unknown('other-case', 'NEWINSTANCE', text('known in another case only', '仅大小写不同')),
];
