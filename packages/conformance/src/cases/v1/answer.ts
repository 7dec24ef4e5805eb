import { bodySignHeader, verifyBodySign } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { v1TimeStamp } from '../../flow/compose-v1.ts';
import { Deviation } from '../../flow/endings.ts';
import type { Flow } from '../../flow/flow.ts';
import type { ReceivedAnswer } from '../../http/answer.ts';
import { literal, text } from '../../text.ts';
import { answer as sharedAnswer } from '../shared/answer.ts';

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

const shared = (...slugs: readonly string[]): readonly Draft[] =>
  sharedAnswer.filter(({ slug }) => slugs.includes(slug));

/** What every answer of V1 carries (R8, R25). */
export const answer: readonly Draft[] = [
  ...shared('message-length', 'in-time', 'in-time-at-once', 'wrong-method', 'sub-path', 'same-connection'),
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
  {
    slug: 'error-body-sign',
    level: 'MUST',
    clause: 'V1 answer page',
    requirement: text(
      'An answer about a call that cannot be carried out is signed too.',
      '无法执行的调用，其应答同样签名。',
    ),
    why: unsigned,
    mistake: text('Only the way of success signs what it answers.', '只有成功分支对应答签名。'),
    run: async (flow) => {
      const call = await flow.specimen();
      const [member] = Object.keys(call.message).filter((name) => name === 'orderId' || name === 'tenantId');
      const wrong = { ...call, message: { ...call.message, [member ?? 'orderId']: 'X'.repeat(300) } };
      signedAnswer(await flow.send(wrong).wellFormed(), flow);
    },
  },
  {
    slug: 'no-secrets',
    level: 'MUST',
    clause: 'R6',
    requirement: text(
      'A refusal holds neither a key nor the authToken that would have been right.',
      '拒绝应答既不含密钥，也不含正确的 authToken。',
    ),
    why: text('It would tell a forger what to send.', '那等于告诉伪造者该发送什么。'),
    run: async ({ send, specimen, secretsOf }) => {
      const call = await specimen();
      const variant = { timestamp: v1TimeStamp(Date.now() - 7_000, call.carrier) };
      const { text: told, rawHeaders } = await send(call, {
        ...variant,
        token: () => ({ signature: [Buffer.alloc(32).toString('base64')] }),
      }).refused();
      const heard = `${rawHeaders.join('\n')}\n${told}`;
      if (!secretsOf(call, variant).some((secret) => heard.includes(secret))) return;
      throw new Deviation(
        text('no secret in the answer', '应答中没有秘密'),
        text('a key, or the right authToken', '密钥或正确的 authToken'),
      );
    },
  },
];

/** The Kit's are posted. */
export const kitAnswer: readonly Draft[] = [...answer, ...shared('broken-body-form', 'unsigned')];
