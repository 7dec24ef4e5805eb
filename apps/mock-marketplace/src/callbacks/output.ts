import { styleText } from 'node:util';
import type { AttemptCause } from './message.ts';

/** What is shown of a message: one that is stored, or one that was read from the control API. */
export interface ShownMessage {
  readonly id: number | string;
  readonly activity: string;
  readonly license?: string | null | undefined;
  readonly instanceId?: string | null | undefined;
  readonly orderId: string | null;
  readonly command: string | null;
}

export interface ShownVerdict {
  readonly succeeded: boolean;
  readonly resultCode: string | null;
  /** Of a failure: the clause of R21, and why. */
  readonly rule?: string | null;
  readonly reason?: string | null;
}

/** Where the marketplace shows its calls as they happen: one line out, one line back. */
export interface Output {
  out(message: ShownMessage, number: number, cause: AttemptCause): void;
  back(message: ShownMessage, httpStatus: number | null, verdict: ShownVerdict, durationMs: number): void;
  /** A call that must be refused was sent after this message; `wrong` if it was not. */
  attack(message: ShownMessage, kind: string, wrong: string | undefined): void;
}

export const silent: Output = { out: () => undefined, back: () => undefined, attack: () => undefined };

/** Lines on a stream; colours only where it is a terminal that has them. */
export function lines(stream: NodeJS.WritableStream): Output {
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
    attack: ({ id, activity }, kind, wrong) => {
      const arrow = paint(wrong === undefined ? 'green' : 'red', '<->');
      stream.write(`${arrow} ${oneLine(`#${id} ${activity} ${kind}: ${wrong ?? 'refused, as it must be'}`)}\n`);
    },
  };
}

/** The same as JSON, an object a line. */
export function jsonLines(stream: NodeJS.WritableStream): Output {
  const write = (value: object): void => void stream.write(`${JSON.stringify(value)}\n`);
  return {
    out: ({ id, activity, license, instanceId, orderId, command }, attempt, cause) =>
      write({ line: 'out', message: String(id), activity, license, instanceId, orderId, command, attempt, cause }),
    back: ({ id }, httpStatus, { succeeded, resultCode, rule = null, reason = null }, durationMs) =>
      write({ line: 'back', message: String(id), httpStatus, succeeded, resultCode, rule, reason, durationMs }),
    attack: ({ id, activity }, kind, wrong) =>
      write({
        line: 'attack',
        message: String(id),
        activity,
        kind,
        refused: wrong === undefined,
        reason: wrong ?? null,
      }),
  };
}

/** A seller's words must not write lines, or move the cursor, of this terminal. */
export const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
