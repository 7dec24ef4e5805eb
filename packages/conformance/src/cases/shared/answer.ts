import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { times } from '../../flow/flow.ts';
import { literal, text } from '../../text.ts';

const limitSeconds = 5;
const failedCall = text(
  'The store counts a call as failed for its form alone; five failed orders in a month take the product off the market.',
  '仅因格式不符，云商店就会判定调用失败；一个月内五个失败订单即会导致商品下架。',
);
export const errorPage = text(
  'The error of a framework is no answer of yours: catch everything at the production address and answer JSON with HTTP 200.',
  '框架的错误页不是合格的应答：应在生产地址捕获一切错误，并以 HTTP 200 应答 JSON。',
);

/** The form of every answer and the time it takes (R8, R9). */
export const answer: readonly Draft[] = [
  {
    slug: 'form',
    level: 'MUST',
    clause: 'debugging FAQ',
    requirement: text(
      'Success is HTTP 200, application/json, with resultCode and resultMsg.',
      '成功应答为 HTTP 200、application/json，且含 resultCode 与 resultMsg。',
    ),
    why: failedCall,
    run: async ({ send, specimen }) => send(await specimen()).wellFormed(),
  },
  {
    slug: 'refusal-form',
    level: 'SHOULD',
    clause: 'R7',
    requirement: text('A refused token is answered in the same form.', '被拒绝的令牌以同样的格式应答。'),
    why: text(
      'The debugging page shows you the resultCode, and an HTTP status nobody understands.',
      '调试页面能显示 resultCode，而 HTTP 状态码无法说明原因。',
    ),
    mistake: errorPage,
    run: async ({ send, specimen, keys }) => send(await specimen(), { key: keys.stranger }).wellFormed(),
  },
  {
    slug: 'broken-body-form',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('A body that is no JSON is answered in the same form.', '非 JSON 的消息体以同样的格式应答。'),
    why: failedCall,
    mistake: errorPage,
    run: async ({ send, specimen }) => send(await specimen(), { body: '{"activity":' }).wellFormed(),
  },
  {
    slug: 'message-length',
    level: 'SHOULD',
    clause: 'R10',
    requirement: text(
      'resultMsg is at most 255 characters, whatever was wrong.',
      '无论何种错误，resultMsg 不超过 255 个字符。',
    ),
    why: text('The store checks the lengths of what it is answered.', '云商店会校验应答的长度。'),
    run: async ({ send, specimen }) => {
      const call = await specimen();
      const long = Object.fromEntries(
        Object.entries(call.message).map(([name, value]) => [
          name,
          typeof value === 'string' && name !== 'activity' ? 'x'.repeat(2000) : value,
        ]),
      );
      const { json } = await send({ ...call, message: long }).wellFormed();
      const message = String(json?.['resultMsg']);
      if (message.length > 255) {
        throw new Deviation(text('at most 255 characters', '不超过 255 个字符'), literal(String(message.length)));
      }
    },
  },
  {
    slug: 'no-secrets',
    level: 'MUST',
    clause: 'R6',
    requirement: text(
      'A refusal holds neither a key nor the signature that would have been right.',
      '拒绝应答既不含密钥，也不含正确的签名。',
    ),
    why: text('It would tell a forger what to send.', '那等于告诉伪造者该发送什么。'),
    run: async ({ send, specimen, secretsOf, names }) => {
      const call = await specimen();
      const variant = { nonce: names.id('nonce') + Date.now(), timestamp: String(Date.now()) };
      const { text: told, rawHeaders } = await send(call, {
        ...variant,
        token: () => ({ signature: ['0'.repeat(64)] }),
      }).refused();
      const heard = `${rawHeaders.join('\n')}\n${told}`.toLowerCase();
      if (secretsOf(call, variant).some((secret) => heard.includes(secret.toLowerCase()))) {
        throw new Deviation(
          text('no secret in the answer', '应答中没有秘密'),
          text('a key, or the right signature', '密钥或正确的签名'),
        );
      }
    },
  },
  {
    slug: 'in-time',
    level: 'MUST',
    clause: 'R9',
    requirement: text(`The answer is complete within ${limitSeconds} s.`, `应答在 ${limitSeconds} 秒内完成。`),
    why: text('The store hangs up, counts a failure and calls again.', '云商店会挂断、记为失败并重新调用。'),
    run: async ({ send, specimen }) => {
      const exchange = await send(await specimen()).exchange();
      inTime(exchange.ms);
    },
  },
  {
    slug: 'in-time-at-once',
    level: 'MUST',
    clause: 'R9',
    requirement: text(
      `50 calls at once are answered within ${limitSeconds} s each.`,
      `同时到达的 50 次调用各在 ${limitSeconds} 秒内得到应答。`,
    ),
    why: text('Freezes of a whole day come together.', '一天内的冻结调用常常集中到达。'),
    alone: true,
    run: async ({ send, specimen }) => {
      const calls = await times(50, specimen);
      const exchanges = await Promise.all(calls.map((call) => send(call).exchange()));
      for (const { ms } of exchanges) inTime(ms);
      if (exchanges.some(({ kind }) => kind === 'unanswered')) {
        throw new Deviation(text('50 answers', '50 个应答'), text('calls without an answer', '部分调用没有应答'));
      }
    },
  },
  {
    slug: 'wrong-method',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text(
      'A PUT is answered with HTTP 200 and a refusal in JSON.',
      'PUT 请求得到 HTTP 200 与 JSON 拒绝应答。',
    ),
    why: text(
      'Whoever looks at your address from outside learns whether the server is yours.',
      '便于从外部确认地址上运行的确实是该服务器。',
    ),
    run: async ({ send, specimen }) => send(await specimen(), { method: 'PUT' }).answeredWith('000001', '000002'),
  },
  {
    slug: 'sub-path',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text(
      'A path below the address that serves nothing is refused in JSON.',
      '地址之下无服务的路径以 JSON 拒绝。',
    ),
    why: text('A mistyped Kit path shows up as what it is.', '写错的 Kit 路径可被识别。'),
    run: async ({ send, specimen }) =>
      send(await specimen(), { subPath: '/nothing/here' }).answeredWith('000001', '000002'),
  },
  {
    slug: 'unsigned',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('A request without any token is refused in JSON.', '没有任何令牌的请求以 JSON 拒绝。'),
    why: text('A monitoring probe then tells a live server from a dead one.', '监控探针可据此区分服务器是否存活。'),
    run: async ({ request, specimen }) => {
      const { subPath } = await specimen();
      return request({ path: subPath, body: Buffer.from('{}') }).answeredWith('000001', '000002');
    },
  },
  {
    slug: 'same-connection',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('After a refusal the server goes on answering.', '拒绝之后服务器继续正常应答。'),
    why: text('One hostile request must not take the next order along.', '一个恶意请求不应影响下一个订单。'),
    run: async ({ send, specimen, keys }) => {
      const [forged, real] = [await specimen(), await specimen()];
      await send(forged, { key: keys.stranger }).refused();
      await send(real).accepted();
    },
  },
];

function inTime(ms: number): void {
  if (ms <= limitSeconds * 1000) return;
  throw new Deviation(literal(`≤ ${limitSeconds} s`), literal(`${(ms / 1000).toFixed(1)} s`));
}
