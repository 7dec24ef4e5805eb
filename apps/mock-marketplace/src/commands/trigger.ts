import { resultCode } from '@koobridge/contracts';
import { lines, oneLine } from '../callbacks/output.ts';
import { action } from './action.ts';
import { type Composed, compose, type SignedRequest } from './calling/compose.ts';
import { type MadeCall, makeCall } from './calling/make-call.ts';
import { callingOptions } from './calling/options.ts';
import type { Command } from './command.ts';
import { type Ended, exitCode, misuse } from './exit-code.ts';
import { printJson } from './market/print.ts';
import type { Terminal } from './terminal.ts';

export const command: Command = {
  actions: [
    action({
      name: '',
      words: ['<activity>'],
      summary: 'Sends one callback, signed with a key of KOOBRIDGE_KEYS, and judges the answer by R21.',
      options: {
        ...callingOptions,
        times: { type: 'string', value: 'n', help: 'so often, each with a token of its own' },
        parallel: { type: 'boolean', help: 'all at once instead of one after the other' },
        'same-bytes': { type: 'boolean', help: 'the very same request each time: a replay from the second on' },
        'time-limit': { type: 'string', value: 'seconds', help: 'for a whole call, 20 unless told' },
        expect: { type: 'string', value: 'success|refusal', help: 'refusal: what ought to be refused must be (R7)' },
      },
      run: async ({ values, words: [activity = ''], terminal }) => {
        const times = Number(values.times ?? 1);
        if (!Number.isInteger(times) || times < 1 || times > mostCalls) {
          return misuse(`--times takes a number from 1 to ${mostCalls}.`);
        }
        const seconds = Number(values['time-limit'] ?? 20);
        if (!(seconds > 0 && seconds <= 600)) return misuse('--time-limit takes seconds, up to 600.');
        const { expect = 'success' } = values;
        if (expect !== 'success' && expect !== 'refusal') return misuse('--expect takes success or refusal.');
        const composed = await compose(activity, values, terminal);
        if (!composed.ok) return composed;
        const sameBytes = values['same-bytes'] ?? false;
        const parallel = values.parallel ?? false;
        const made = await makeCalls(composed, { times, parallel, sameBytes, limitMs: seconds * 1000 }, terminal);
        return finish(made, values.json ?? false, expect, terminal);
      },
    }),
  ],
  examples: [
    'trigger refreshLicenseCode --set license=PL0123456789ABCDEF',
    'trigger newInstance --test-flag --to https://seller.example.com/production',
    'trigger newInstance --times 2 --parallel              # two requests for one order line',
    'trigger updateInstanceStatus --corrupt body --expect refusal',
    'trigger releaseLicenseCode --same-bytes --times 2 --expect refusal',
    'trigger allOrgSync --stale 6m --json',
  ],
  notes: `Repeated calls are about the same order line. Keys come from KOOBRIDGE_KEYS or, where that is not set, from
.koobridge/start.env. It ends with 0 when every call was judged a success or, with --expect refusal, when each that does
not verify was answered 000001 or 000002 and the others succeeded; without such a flaw, when each was refused so.`,
};

const mostCalls = 1000;

interface Repetition {
  readonly times: number;
  readonly parallel: boolean;
  readonly sameBytes: boolean;
  readonly limitMs: number;
}

/** A call with why it ought to be refused, if it ought to be. */
type Triggered = MadeCall & { readonly flaw: string | undefined };

async function makeCalls(
  composed: Composed,
  { times, parallel, sameBytes, limitMs }: Repetition,
  terminal: Terminal,
): Promise<{ readonly composed: Composed; readonly calls: readonly Triggered[] }> {
  const { activity, flaw, sign } = composed;
  const first = sign();
  const call = async (index: number): Promise<Triggered> => {
    const request: SignedRequest = index === 0 || sameBytes ? first : sign();
    const made = await makeCall(activity, request, limitMs, terminal.now);
    // Side by side, no one of them is the first.
    const replayed = sameBytes && index > 0 && !parallel ? 'its nonce was used before' : undefined;
    return { ...made, flaw: flaw ?? replayed };
  };
  const indexes = Array.from({ length: times }, (_, index) => index);
  if (parallel) return { composed, calls: await Promise.all(indexes.map(call)) };
  const calls: Triggered[] = [];
  for (const index of indexes) calls.push(await call(index));
  return { composed, calls };
}

function finish(
  { composed, calls }: { readonly composed: Composed; readonly calls: readonly Triggered[] },
  json: boolean,
  expect: 'success' | 'refusal',
  terminal: Terminal,
): Ended {
  const { activity, undocumented = null } = composed;
  const anyFlaw = calls.some(({ flaw }) => flaw !== undefined);
  const asExpected = calls.every((made) =>
    expect === 'refusal' && (made.flaw !== undefined || !anyFlaw) ? wasRefused(made) : made.verdict.succeeded,
  );
  if (json) {
    const shown = calls.map(({ request, answer, verdict, durationMs, flaw = null }) => ({
      request,
      answer,
      verdict: { rule: null, reason: null, ...verdict, members: undefined },
      durationMs,
      oughtToBeRefusedFor: flaw,
    }));
    printJson({ activity, undocumented, asExpected, calls: shown }, terminal);
  } else {
    for (const [index, made] of calls.entries()) show(activity, index + 1, made, terminal);
    if (undocumented !== null) terminal.stderr.write(`The body is not as documented: ${undocumented}.\n`);
  }
  if (asExpected) return exitCode.done;
  const unreachable = calls.some(({ verdict }) => !verdict.succeeded && verdict.rule === 'reachable');
  return unreachable ? exitCode.unreachable : exitCode.refused;
}

const refusals: readonly string[] = [resultCode.authenticationFailed, resultCode.invalidParameter];

const wasRefused = ({ verdict }: MadeCall): boolean =>
  !verdict.succeeded && verdict.rule === 'result-code' && refusals.includes(verdict.resultCode ?? '');

function show(activity: string, number: number, made: Triggered, { stdout }: Terminal): void {
  const { request, answer, verdict, durationMs, flaw } = made;
  const message = { id: number, activity, license: null, instanceId: null, orderId: null, command: null };
  const output = lines(stdout);
  const indented = (text: string): void => void stdout.write(`    ${oneLine(text)}\n`);
  output.out(message, 1, 'first');
  indented(`${request.method} ${request.url}`);
  for (const [name, value] of Object.entries(request.headers)) indented(`${name}: ${value}`);
  indented(request.body);
  output.back(message, answer?.status ?? null, verdict, durationMs);
  if (answer?.contentType != null) indented(`Content-Type: ${answer.contentType}`);
  if (answer?.body != null) indented(answer.body);
  if (flaw === undefined) return;
  const how = wasRefused(made) ? 'and it was' : verdict.succeeded ? 'and the server took it' : 'with 000001 or 000002';
  indented(`A server ought to refuse this for ${flaw} (R7), ${how}.`);
}
