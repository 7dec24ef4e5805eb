import type { Draft, Level } from '../../case.ts';
import { type Text, text } from '../../text.ts';

const clockText = text('A call that was listened in on could be used for ever.', '被截获的调用可被永久重用。');
const aheadText = text(
  'A timestamp from the future outlives every memory of its nonce.',
  '来自未来的时间戳会比随机数的记忆期更长。',
);
const oneSided = text(
  'The clock is checked on one side only: now − timestamp > 60000 lets every future timestamp in; take the absolute value.',
  '只检查了时钟的一侧：now − timestamp > 60000 会放行所有未来的时间戳；应取绝对值。',
);
const lenientNumber = text(
  'The text is turned into a number leniently (parseInt, Number, strip); match it against 13 digits first.',
  '宽松地把文本转换为数字（parseInt、Number、strip）；应先用 13 位数字的格式校验。',
);

/** A timestamp of some age, in seconds; negative ages lie in the future. */
const age = (slug: string, level: Level, seconds: number, accepted: boolean, why: Text, mistake?: Text): Draft => ({
  slug,
  level,
  clause: 'R2',
  requirement: accepted
    ? text(`A timestamp ${distance(seconds).en} is accepted.`, `${distance(seconds).zh}的时间戳被接受。`)
    : text(`A timestamp ${distance(seconds).en} is refused.`, `${distance(seconds).zh}的时间戳被拒绝。`),
  why,
  ...(mistake === undefined ? {} : { mistake }),
  run: async ({ send, specimen, needsServerClock }) => {
    if (isEdge(seconds)) needsServerClock();
    const step = send(await specimen(), { age: seconds * 1000 });
    return accepted ? step.accepted() : step.refused();
  },
});

/** So near to the end of the window that the clocks must be known to agree. */
const isEdge = (seconds: number): boolean => Math.abs(Math.abs(seconds) - 60) < 10;

function distance(seconds: number): Text {
  const size = Math.abs(seconds);
  const [en, zh] =
    size >= 86_400
      ? ['one day', '一天']
      : size >= 600
        ? [`${size / 60} minutes`, `${size / 60} 分钟`]
        : [`${size} s`, `${size} 秒`];
  return seconds > 0 ? text(`${en} old`, `${zh}前`) : text(`${en} ahead`, `${zh}后`);
}

/** A timestamp that is well signed, and no timestamp. */
const malformed = (slug: string, what: Text, write: (now: number) => string): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R2',
  requirement: text(
    `A timestamp ${what.en} is refused, well signed as it is.`,
    `${what.zh}的时间戳即使签名正确也被拒绝。`,
  ),
  why: text(
    'What is read leniently is compared with another moment than the one that was signed.',
    '宽松解析会使被比较的时刻与被签名的时刻不一致。',
  ),
  mistake: lenientNumber,
  run: async ({ send, specimen }) => send(await specimen(), { timestamp: write(Date.now()) }).refused(),
});

const absent = (slug: string, values: readonly string[]): Draft => ({
  slug,
  level: 'MUST',
  clause: 'R7',
  requirement:
    values.length === 0
      ? text('A call without a timestamp is refused.', '没有时间戳的调用被拒绝。')
      : text('An empty timestamp is refused.', '空时间戳被拒绝。'),
  why: clockText,
  run: async ({ send, specimen }) =>
    send(await specimen(), { timestamp: '', token: () => ({ timestamp: values }) }).refused(),
});

/** The window of 60 seconds, and what a timestamp looks like (R2). */
export const time: readonly Draft[] = [
  absent('missing', []),
  absent('empty', ['']),
  age(
    'past-inside',
    'MUST',
    45,
    true,
    text('The store retries, and its calls travel.', '云商店会重试，调用也需要时间到达。'),
  ),
  age(
    'past-edge',
    'SHOULD',
    57,
    true,
    text('The page says 60 seconds, not about a minute.', '页面写明 60 秒，而非大约一分钟。'),
  ),
  age('past-outside', 'SHOULD', 63, false, clockText),
  age('past-minutes', 'MUST', 600, false, clockText),
  age('past-day', 'MUST', 86_400, false, clockText),
  age(
    'ahead-inside',
    'SHOULD',
    -45,
    true,
    text('Clocks differ; the page speaks of a difference.', '时钟总有偏差，页面所说的是“相差”。'),
  ),
  age('ahead-outside', 'SHOULD', -63, false, aheadText, oneSided),
  age('ahead-minutes', 'SHOULD', -600, false, aheadText, oneSided),
  age('ahead-day', 'SHOULD', -86_400, false, aheadText, oneSided),
  malformed('seconds', text('in seconds', '以秒为单位'), (now) => String(Math.floor(now / 1000))),
  malformed('decimal', text('with a fraction', '带小数'), (now) => `${now}.5`),
  malformed('plus', text('with a plus sign', '带加号'), (now) => `+${now}`),
  malformed('blank', text('with a leading blank', '以空格开头'), (now) => ` ${now}`),
  malformed('letters', text('with letters behind its digits', '数字后带字母'), (now) => `${now}abc`),
  malformed('leading-zero', text('of 14 digits, the first a zero', '为 14 位且以零开头'), (now) => `0${now}`),
  malformed('exponent', text('with an exponent', '带指数'), (now) => `${now / 1e12}e12`),
  malformed('full-width', text('in digits of another script', '使用全角数字'), (now) =>
    String(now).replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ),
  malformed('hexadecimal', text('in hexadecimal', '以十六进制书写'), (now) => `0x${now.toString(16)}`),
];
