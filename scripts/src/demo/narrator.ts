import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual, styleText } from 'node:util';
import type { Message } from './actors.ts';

/** Tells the story line by line and holds it against what the protocol says. */
export class Narrator {
  #mistakes = 0;

  /** How often something was not as it should be. */
  get mistakes(): number {
    return this.#mistakes;
  }

  title(text: string): void {
    console.log(`\n${styleText('bold', text)}`);
  }

  /** `when` is the life-cycle clock. */
  step(when: string, text: string): void {
    console.log(`\n  ${styleText('dim', when.slice(0, 16).replace('T', ' '))}  ${text}`);
  }

  /** One line for each callback: out, and back. */
  callback({ activity, command, attempts }: Message): void {
    const attempt = attempts.at(-1);
    const answer = `${attempt?.answer?.status ?? 'no answer'} ${attempt?.verdict?.resultCode ?? ''} in ${attempt?.durationMs ?? '?'} ms`;
    console.log(`                      --> ${activity} ${command ?? ''}`);
    console.log(`                      <-- ${answer}`);
  }

  expect(what: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) {
      console.log(`                      ${styleText('green', 'ok')}  ${what}: ${short(actual)}`);
      return;
    }
    this.#mistakes += 1;
    console.log(
      `                      ${styleText('red', 'NO')}  ${what}: ${short(actual)}, expected ${short(expected)}`,
    );
  }
}

const short = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Reads until `good` is satisfied, at most 3 seconds: for what the server does after it has answered. */
export async function eventually<T>(read: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 3_000;
  for (;;) {
    const value = await read();
    if (good(value) || Date.now() > end) return value;
    await pause(50);
  }
}
