import { styleText } from 'node:util';
import type { Verdict } from './judge.ts';
import type { AttemptCause, Message } from './message.ts';

/** Where the marketplace shows its calls as they happen: one line out, one line back. */
export interface Output {
  out(message: Message, number: number, cause: AttemptCause): void;
  back(message: Message, httpStatus: number | null, verdict: Verdict, durationMs: number): void;
}

export const silent: Output = { out: () => undefined, back: () => undefined };

/** Lines on a stream; colours only where it is a terminal that has them. */
export function lines(stream: NodeJS.WriteStream): Output {
  const paint = (format: 'cyan' | 'green' | 'red', text: string): string => styleText(format, text, { stream });
  return {
    out: ({ id, activity, license, instanceId, orderId, command }, number, cause) => {
      const about = license ?? instanceId ?? orderId;
      const what = [`#${id}`, activity, about, command].filter((part) => part !== null).join(' ');
      const which = number === 1 ? '' : ` (attempt ${number}, ${cause})`;
      stream.write(`${paint('cyan', '-->')} ${oneLine(`${what}${which}`)}\n`);
    },
    back: ({ id }, httpStatus, verdict, durationMs) => {
      const answer = [`#${id}`, httpStatus ?? 'no answer', verdict.resultCode, `${durationMs} ms`].filter(
        (part) => part !== null,
      );
      const arrow = paint(verdict.succeeded ? 'green' : 'red', '<--');
      const why = verdict.succeeded ? '' : `  R21 ${verdict.rule}: ${verdict.reason}`;
      stream.write(`${arrow} ${oneLine(`${answer.join(' ')}${why}`)}\n`);
    },
  };
}

/** A seller's words must not write lines, or move the cursor, of this terminal. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
