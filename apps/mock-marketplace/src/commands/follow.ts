import { jsonLines, lines } from '../callbacks/output.ts';
import { type Ended, exitCode } from './exit-code.ts';
import { type Client, refused, succeeded } from './market/client.ts';
import type { Terminal } from './terminal.ts';

type Message = Extract<Awaited<ReturnType<Client['message']>>, { status: 200 }>['body'];

const everyMs = 400;
const page = 500;

/** How far behind the newest message a repetition or a restart is still noticed, besides those that were seen to be unfinished. */
const lookBack = 200;

/** Shows attempts as they are made, by looking again and again, until the terminal interrupts. */
export async function follow(
  market: Client,
  { all = false, json = false }: { readonly all?: boolean | undefined; readonly json?: boolean | undefined },
  terminal: Terminal,
): Promise<Ended> {
  const interrupted = terminal.interrupted();
  const output = json ? jsonLines(terminal.stdout) : lines(terminal.stdout);
  /** What was shown of each attempt of the latest messages. */
  const shown = new Map<string, 'out' | 'back'>();
  let newest = 0;
  let quiet = !all;

  function show(message: Message): void {
    newest = Math.max(newest, Number(message.id));
    for (const { number, cause, answer, verdict, durationMs } of message.attempts) {
      const key = `${message.id}/${number}`;
      if (!quiet && !shown.has(key)) output.out(message, number, cause);
      if (!quiet && verdict !== null && shown.get(key) !== 'back') {
        output.back(message, answer?.status ?? null, verdict, durationMs ?? 0);
      }
      shown.set(key, verdict === null ? 'out' : 'back');
    }
  }

  /** Everything behind a message, page by page: the highest number there is. */
  async function look(after: number): Promise<number | { readonly refused: Ended }> {
    for (let from = after; ; ) {
      const answer = await market.messages({ query: { after: from, limit: page } });
      if (!succeeded(answer)) return { refused: refused(answer, terminal) };
      for (const message of answer.body) show(message);
      from = Number(answer.body.at(-1)?.id ?? from);
      if (answer.body.length < page) return from;
    }
  }

  while (!interrupted.aborted) {
    const highest = await look(Math.max(0, newest - lookBack));
    if (typeof highest === 'object') return highest.refused;
    // Numbers fall only when a reset begins them anew.
    const wasReset = highest < newest;
    if (wasReset) {
      shown.clear();
      newest = 0;
    }
    for (const key of shown.keys()) if (Number.parseInt(key, 10) <= newest - 2 * lookBack) shown.delete(key);
    quiet = false;
    if (!wasReset) await terminal.pause(everyMs, interrupted);
  }
  return exitCode.done;
}
