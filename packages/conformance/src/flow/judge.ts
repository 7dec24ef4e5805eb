import type { ReceivedAnswer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Text, text } from '../text.ts';

/** The result code of an answer that could count as one; otherwise `undefined`. */
export const codeOf = (exchange: Exchange): string | undefined => {
  const code = exchange.kind === 'answered' ? exchange.answer.json?.['resultCode'] : undefined;
  return typeof code === 'string' ? code : undefined;
};

/** What the store takes for success (R21); `000004` counts for a creation that goes on. */
export const isAccepted = (exchange: Exchange, processingToo: boolean): boolean => {
  if (exchange.kind !== 'answered' || exchange.answer.status !== 200) return false;
  const code = codeOf(exchange);
  return code === '000000' || (processingToo && code === '000004');
};

/**
 * Whether a token was turned away: one of the two codes of R7, or any other refusal that a server worded by HTTP alone.
 * A code that speaks of something else shows that the call got past the token; a 5xx, that it broke the server.
 */
export function isRefused(exchange: Exchange): boolean {
  if (exchange.kind !== 'answered') return false;
  const code = codeOf(exchange);
  if (code !== undefined) return code === '000001' || code === '000002';
  const { status } = exchange.answer;
  return status >= 400 && status < 500;
}

/** What of an answer's form keeps the store from reading it (R8), or `undefined`. */
export function formFault(answer: ReceivedAnswer): Text | undefined {
  const { status, headers, json } = answer;
  if (status !== 200) return text(`HTTP ${status}`, `HTTP ${status}`);
  const type = headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    return text(`Content-Type ${JSON.stringify(type)}`, `Content-Type 为 ${JSON.stringify(type)}`);
  if (json === undefined) return text('a body that is no JSON object', '消息体不是 JSON 对象');
  for (const member of ['resultCode', 'resultMsg']) {
    if (typeof json[member] !== 'string') return text(`no ${member} as a text`, `没有文本类型的 ${member}`);
  }
  return /^\d{6}$/.test(String(json['resultCode']))
    ? undefined
    : text(
        `the resultCode ${JSON.stringify(json['resultCode'])}`,
        `resultCode 为 ${JSON.stringify(json['resultCode'])}`,
      );
}
