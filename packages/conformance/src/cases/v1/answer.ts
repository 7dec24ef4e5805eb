import { bodySignHeader, verifyBodySign } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import type { Flow } from '../../flow/flow.ts';
import type { ReceivedAnswer } from '../../http/answer.ts';
import { literal, text } from '../../text.ts';

const unsigned = text(
  'The store takes an answer without it, or with a wrong one, for a failure.',
  '缺少或错误时，云商店判定调用失败。',
);

/** Checks the header as the store does, its name included, case by case. */
function signedAnswer({ rawHeaders, body }: ReceivedAnswer, { keys }: Flow): void {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name === bodySignHeader);
  const verified = verifyBodySign(at === -1 ? undefined : rawHeaders[at + 1], body, [keys.own]);
  if (verified.ok) return;
  throw new Deviation(
    text('a Body-Sign header that verifies over the bytes of the answer', '可对应答字节验签通过的 Body-Sign 消息头'),
    literal(verified.refusal),
  );
}

/** What every answer of V1 carries (R8, R25). */
export const answer: readonly Draft[] = [
  {
    slug: 'form',
    level: 'MUST',
    clause: 'debugging FAQ',
    requirement: text(
      'Success is HTTP 200, application/json, with resultCode and resultMsg.',
      '成功应答为 HTTP 200、application/json，且含 resultCode 与 resultMsg。',
    ),
    why: text('The store counts a call as failed for its form alone.', '仅因格式不符，云商店就会判定调用失败。'),
    run: async ({ send, specimen }) => send(await specimen()).wellFormed(),
  },
  {
    slug: 'refusal-form',
    level: 'SHOULD',
    clause: 'R7',
    requirement: text('A refused token is answered in the same form.', '被拒绝的令牌以同样的格式应答。'),
    why: text('An HTTP status in its place explains nothing to anybody.', '以 HTTP 状态码代替无法说明原因。'),
    run: async ({ send, specimen, keys }) => send(await specimen(), { key: keys.stranger }).wellFormed(),
  },
  {
    slug: 'body-sign',
    level: 'MUST',
    clause: 'V1 answer page',
    requirement: text('The answer is signed in Body-Sign, spelled so.', '应答以 Body-Sign 消息头签名，大小写一致。'),
    why: unsigned,
    mistake: text(
      'The framework writes the body anew after it was signed, or the key was built with the timeStamp.',
      '框架在签名后重新序列化了消息体，或密钥拼接了 timeStamp。',
    ),
    run: async (flow) => signedAnswer(await flow.send(await flow.specimen()).accepted(), flow),
  },
  {
    slug: 'refusal-body-sign',
    level: 'SHOULD',
    clause: 'R25',
    requirement: text('A refusal is signed too.', '拒绝应答同样签名。'),
    why: unsigned,
    run: async (flow) =>
      signedAnswer(await flow.send(await flow.specimen(), { token: () => ({ signature: [] }) }).refused(), flow),
  },
];
