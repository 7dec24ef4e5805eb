import type { ReceivedAnswer } from '../http/answer.ts';
import type { Exchange, RequestToSend } from '../http/exchange.ts';
import { literal, type Text, text } from '../text.ts';
import { Blocked, Deviation } from './endings.ts';
import { codeOf, formFault, isAccepted, isRefused } from './judge.ts';
import { seen } from './words.ts';

/** One request that is sent when its expectation is asked for. Each method sends once, and throws a `Deviation`. */
export interface Step {
  /** Success as the store sees it (R21). */
  accepted(): Promise<ReceivedAnswer>;
  /** The token was turned away (R7). */
  refused(): Promise<ReceivedAnswer>;
  /** One of these result codes. */
  answeredWith(...codes: readonly string[]): Promise<ReceivedAnswer>;
  /** Any answer of the form that the store reads (R8), whatever it says. */
  wellFormed(): Promise<ReceivedAnswer>;
  /** A set-up step: where it does not succeed, the case is blocked, not failed. */
  given(): Promise<ReceivedAnswer>;
  /** Whatever comes. */
  exchange(): Promise<Exchange>;
}

export interface Sending {
  readonly request: RequestToSend;
  readonly send: () => Promise<Exchange>;
  /** Whether `000004` is success too, as for a creation. */
  readonly processingToo: boolean;
}

export function stepOf(sending: () => Sending): Step {
  // The request of the report is composed anew: whoever repeats it finds its nonce unused, and most of its minute left.
  const deviation = (expected: Text, what: Text) => new Deviation(expected, what, sending().request);
  const hold = async (expected: Text, holds: (exchange: Exchange, sent: Sending) => boolean) => {
    const sent = sending();
    const exchange = await sent.send();
    if (exchange.kind === 'unanswered' && (exchange.silence === 'unreachable' || exchange.silence === 'tls')) {
      throw new Blocked(seen(exchange), true);
    }
    if (!holds(exchange, sent)) throw deviation(expected, seen(exchange));
    // What holds of no answer at all is never expected here.
    if (exchange.kind !== 'answered') throw deviation(expected, seen(exchange));
    return exchange.answer;
  };
  return {
    accepted: () =>
      hold(
        text('success: HTTP 200 with resultCode 000000', '成功：HTTP 200 且 resultCode 为 000000'),
        (exchange, { processingToo }) => isAccepted(exchange, processingToo),
      ),
    refused: () =>
      hold(text('a refusal: resultCode 000001 or 000002', '拒绝：resultCode 为 000001 或 000002'), isRefused),
    answeredWith: (...codes) =>
      hold(
        text(`HTTP 200 with resultCode ${codes.join(' or ')}`, `HTTP 200 且 resultCode 为 ${codes.join(' 或 ')}`),
        (exchange) => {
          const code = codeOf(exchange);
          return (
            code !== undefined && codes.includes(code) && exchange.kind === 'answered' && exchange.answer.status === 200
          );
        },
      ),
    wellFormed: async () => {
      const expected = text(
        'HTTP 200, application/json, with resultCode and resultMsg as texts',
        'HTTP 200、application/json，且含文本类型的 resultCode 与 resultMsg',
      );
      const exchange = await sending().send();
      if (exchange.kind === 'unanswered') throw deviation(expected, seen(exchange));
      const fault = formFault(exchange.answer);
      if (fault !== undefined) throw deviation(expected, fault);
      return exchange.answer;
    },
    given: async () => {
      const { send, processingToo, request } = sending();
      const exchange = await send();
      if (exchange.kind === 'answered' && isAccepted(exchange, processingToo)) return exchange.answer;
      const what = literal(activityOf(request));
      throw new Blocked(
        text(
          `a call that the case builds upon was not accepted (${what.en}): ${seen(exchange).en}`,
          `用例所依赖的调用（${what.zh}）未成功：${seen(exchange).zh}`,
        ),
        exchange.kind === 'unanswered',
      );
    },
    exchange: () => sending().send(),
  };
}

function activityOf({ body, url }: RequestToSend): string {
  const named = /"activity":"(\w+)"/.exec(Buffer.from(body).toString('utf8'))?.[1] ?? /activity=(\w+)/.exec(url)?.[1];
  return named ?? new URL(url).pathname;
}
