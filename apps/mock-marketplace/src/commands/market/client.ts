import { initClient } from '@ts-rest/core';
import { controlContract } from '../../control/contract.ts';
import type { Call, OptionTable } from '../action.ts';
import { type Ended, exitCode, misuse } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { printJson } from './print.ts';

/** How commands ask a marketplace that runs. */

export const marketOption = {
  market: { type: 'string', value: 'address', help: 'the marketplace; else MARKET_URL, else http://127.0.0.1:8090' },
} as const satisfies OptionTable;

export type Client = ReturnType<typeof clientOf>;
const clientOf = (baseUrl: string) => initClient(controlContract, { baseUrl, baseHeaders: {} });

type Answered = { readonly status: number; readonly body: unknown };
type Success<A extends Answered> = Extract<A, { status: 200 | 202 }>['body'];
type MarketCall = Pick<Call<typeof marketOption>, 'values' | 'terminal'>;

/**
 * Asks the marketplace, and prints its answer as JSON or as the lines of `shown`. A refusal is printed as the marketplace
 * words it.
 */
export async function ask<A extends Answered>(
  call: MarketCall,
  asking: (client: Client) => Promise<A>,
  shown: (body: Success<A>) => readonly string[],
): Promise<Ended> {
  return withMarket(call, async (client) => {
    const answer = await asking(client);
    if (!succeeded(answer)) return refused(answer, call.terminal);
    if (call.values.json === true) printJson(answer.body, call.terminal);
    else
      call.terminal.stdout.write(
        shown(answer.body)
          .map((line) => `${line}\n`)
          .join(''),
      );
    return exitCode.done;
  });
}

/** Does something with the marketplace that the command line or the environment names. */
export async function withMarket(
  { values, terminal }: MarketCall,
  work: (client: Client, url: string) => Promise<Ended>,
): Promise<Ended> {
  const url = values.market ?? (terminal.variables['MARKET_URL'] || 'http://127.0.0.1:8090');
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'http:' && protocol !== 'https:') {
    return misuse('the marketplace is no http address: --market http://127.0.0.1:8090, for example.');
  }
  const base = url.replace(/\/+$/, '');
  try {
    return await work(clientOf(base), base);
  } catch (error) {
    const cause = whyNotReached(error);
    if (cause === undefined) throw error;
    terminal.stderr.write(
      `There is no marketplace at ${base} (${cause}): start one with "mock-marketplace serve", or name another by --market or MARKET_URL.\n`,
    );
    return exitCode.unreachable;
  }
}

export const succeeded = <A extends Answered>(answer: A): answer is Extract<A, { status: 200 | 202 }> =>
  answer.status === 200 || answer.status === 202;

export function refused({ status, body }: Answered, { stderr }: Terminal): Ended {
  const told = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  stderr.write(
    typeof told === 'string'
      ? `${told}\n`
      : `The answer is ${status} without a reason, as no marketplace gives it: look at what listens there.\n`,
  );
  return exitCode.refused;
}

/** `fetch` throws a TypeError whose cause tells what happened on the wire, and a SyntaxError for JSON that is none. */
function whyNotReached(error: unknown): string | undefined {
  if (error instanceof SyntaxError) return 'what answers there answers no JSON';
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return undefined;
  const { cause } = error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
