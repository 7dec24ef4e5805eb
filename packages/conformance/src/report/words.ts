import type { Verdict } from '../run/verdict.ts';
import { type Text, text } from '../text.ts';

/** What reports call things. */
export const words = {
  title: text('Conformance report', '一致性测试报告'),
  requirement: text('requirement', '要求'),
  why: text('why', '影响'),
  mistake: text('usual mistake', '常见错误'),
  expected: text('expected', '期望'),
  seen: text('seen', '实际'),
  clause: text('clause', '依据'),
  again: text('again', '重现'),
  onlyThis: text('only this', '单独运行'),
  reason: text('reason', '原因'),
  overview: text('Overview', '概览'),
  toLookAt: text('What needs a look', '需要处理的用例'),
  notJudgedCases: text('What could not be judged', '未能判定的用例'),
  allCases: text('All cases', '全部用例'),
  seed: text('seed', '种子'),
  strict: text('strict', '严格'),
  failures: text('Failures', '失败用例'),
  unexpected: text('expected to fail, and passed: take it out of the ledger', '预期失败却已通过：请从账本中移除'),
  expectedFailure: text('expected by the ledger', '账本中预期的失败'),
  curlFor: text('its token serves once, within a minute of the run', '其中的令牌在运行后一分钟内有效，且只能使用一次'),
  signedAnew: text('signed anew', '重新签名'),
  tooLong: text('no curl line can carry this request', '该请求无法用 curl 命令表示'),
  stopped: text(
    'The server stopped answering half-way; what came after is blocked.',
    '服务器中途停止应答，其后的用例均被阻塞。',
  ),
  setUp: text('Set-up problem, not a verdict on the server', '环境问题，并非对服务器的判定'),
  conforms: text('conforms', '符合'),
  doesNot: text('does not conform', '不符合'),
  notJudged: text('could not be judged', '无法判定'),
  crashed: text('a case of the suite crashed', '测试套件自身出错'),
} as const satisfies Record<string, Text>;

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  passed: text('passed', '通过'),
  failed: text('failed', '失败'),
  warned: text('warned', '警告'),
  'not-observable': text('not observable', '不可观测'),
  blocked: text('blocked', '阻塞'),
  crashed: text('crashed', '崩溃'),
};
