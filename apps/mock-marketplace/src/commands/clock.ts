import { action, type Call } from './action.ts';
import type { Command } from './command.ts';
import { type Ended, exitCode } from './exit-code.ts';
import { ask, type Client, marketOption, refused, succeeded, withMarket } from './market/client.ts';
import { fields, printJson } from './market/print.ts';
import type { Terminal } from './terminal.ts';

type View = Extract<Awaited<ReturnType<Client['clock']>>, { status: 200 }>['body'];

const movingOptions = {
  ...marketOption,
  'no-wait': { type: 'boolean', help: 'ends when the move has begun; "clock" shows how far it has come' },
} as const;

const show = action({
  name: 'show',
  words: [],
  summary: 'Shows where the clock stands and, while it moves, how far it has come.',
  options: marketOption,
  run: (call) => ask(call, (market) => market.clock(), shown),
});

const advance = action({
  name: 'advance',
  words: ['<duration>'],
  summary: 'Moves it forward by an ISO 8601 duration, with everything that falls due.',
  options: movingOptions,
  run: (call) => move(call, { advance: call.words[0] ?? '' }),
});

const to = action({
  name: 'to',
  words: ['<instant>'],
  summary: 'Moves it forward to an instant.',
  options: movingOptions,
  run: (call) => move(call, { to: call.words[0] ?? '' }),
});

const stop = action({
  name: 'stop',
  words: [],
  summary: 'Ends a move; what was not reached falls due later.',
  options: marketOption,
  run: (call) => ask(call, (market) => market.stopClock({ body: {} }), shown),
});

export const command: Command = {
  actions: [show, advance, to, stop],
  examples: [
    'clock',
    'clock advance P30D',
    'clock to 2027-01-01T00:00:00Z',
    'clock advance P2Y --no-wait',
    'clock stop',
  ],
};

const pollMs = 250;

/** A long move outlasts what a client waits for an answer, so it is begun, and then looked at until it has ended. */
function move(call: Call<typeof movingOptions>, target: { advance: string } | { to: string }): Promise<Ended> {
  const { terminal, values } = call;
  return withMarket(call, async (market) => {
    const begun = await market.moveClock({ body: { ...target, wait: false } });
    if (!succeeded(begun)) return refused(begun, terminal);
    let view: View = begun.body;
    const goal = view.moving?.to ?? view.now;
    const signal = new AbortController().signal;
    while (values['no-wait'] !== true && view.moving?.to === goal) {
      progress(view, terminal);
      await terminal.pause(pollMs, signal);
      const now = await market.clock();
      if (!succeeded(now)) return refused(now, terminal);
      view = now.body;
    }
    if (terminal.stderr.isTTY === true) terminal.stderr.write('\r\u001b[K');
    if (values.json === true) printJson(view, terminal);
    else
      terminal.stdout.write(
        shown(view)
          .map((line) => `${line}\n`)
          .join(''),
      );
    if (values['no-wait'] === true || view.now >= goal) return exitCode.done;
    terminal.stderr.write(`The clock stopped before ${goal}: the terminal of the marketplace tells why.\n`);
    return exitCode.refused;
  });
}

/** A line that is written over, only where it can be. */
function progress({ now, moving }: View, { stderr }: Terminal): void {
  if (stderr.isTTY !== true || moving === null) return;
  stderr.write(`\r\u001b[K${now} on the way to ${moving.to}: ${moving.done} done, ${moving.remaining} to come`);
}

const shown = ({ now, moving }: View): string[] =>
  fields({
    now,
    ...(moving === null ? {} : { from: moving.from, to: moving.to, done: moving.done, remaining: moving.remaining }),
  });
