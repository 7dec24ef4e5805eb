import { composeBody } from '@koobridge/contracts';
import { renewal } from '../callbacks.ts';
import type { Seller } from '../seller.ts';
import { head } from '../wire.ts';
import { judgeOf, right, type Verdict } from './judge.ts';
import { koobridge, queryOf } from './koobridge.ts';
import { octokit, standardWebhooks, stripe } from './others.ts';
import type { Delivery, Scheme } from './scheme.ts';
import { answerTo, craft, type TokenInput, tokenInputs, type Wanted } from './token-inputs.ts';
import { type Sent, senderTo, wireInputs } from './wire-inputs.ts';

/** One input, and what became of it in each column. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly wanted: readonly Wanted[];
  readonly koobridge: Verdict;
  readonly stripe: Verdict;
  readonly standardwebhooks: Verdict;
  readonly octokit: Verdict;
}

const nowhere: Verdict = { kind: 'not-applicable' };

/** Runs every input: over HTTP against the server, and where it is about a token against each maker's verification too. */
export async function runMatrix(seller: Seller): Promise<readonly Row[]> {
  const judge = await judgeOf(seller);
  const { now } = seller.clock;
  const { secret } = seller.store.key;
  const own = koobridge(secret);
  const rows: Row[] = [];
  for (const input of tokenInputs) {
    const body = Buffer.from(composeBody(renewal('PL-1', '20270101000000')));
    const verify = (scheme: Scheme) => verified(input, scheme, now, body);
    const delivery = input.deliver(craft(own, now, body));
    const wanted = [answerTo(input)];
    const verification = await verify(own);
    const served = delivery === undefined ? nowhere : await judge(requestOf(delivery), wanted);
    rows.push({
      ...input,
      wanted,
      koobridge: verification.kind === 'right' ? served : verification,
      stripe: await verify(stripe(secret)),
      standardwebhooks: await verify(standardWebhooks(secret)),
      octokit: await verify(octokit(secret)),
    });
  }
  const sender = senderTo(seller);
  for (const input of wireInputs) {
    const verdict = await judge(input.send(sender), input.wanted);
    rows.push({ ...input, koobridge: verdict, stripe: nowhere, standardwebhooks: nowhere, octokit: nowhere });
  }
  return rows;
}

const requestOf = (delivery: Delivery): Sent => ({
  parts: [
    head(`/production?${queryOf(delivery)}`, `Content-Length: ${delivery.body.length}`, 'Connection: close'),
    delivery.body,
  ],
});

/** How a scheme's own verification takes an input. */
async function verified(input: TokenInput, scheme: Scheme, now: number, body: Buffer): Promise<Verdict> {
  const tools = craft(scheme, now, body);
  const delivery = input.deliver(tools);
  if (delivery === undefined) return nowhere;
  const outcome = await scheme.verification(delivery, now)();
  if (outcome.kind === 'escaped') return { kind: 'error', detail: outcome.error };
  const isOwn = scheme.name === 'koobridge';
  const plain = input.wanted === 'accepted' ? 'accepted' : 'refused';
  if (outcome.kind !== (isOwn ? plain : (input.elsewhere ?? plain))) return { kind: outcome.kind };
  // Of our own refusals the reason has to be right too.
  if (isOwn && outcome.kind === 'refused' && outcome.why !== input.wanted)
    return { kind: 'error', detail: outcome.why };
  if (input.isMuch !== true) return right;
  // Many runs of what takes microseconds, so that one of them is not interrupted however busy the machine is.
  const usual = await least(100, scheme.verification(tools.good(), now));
  const much = await least(5, scheme.verification(delivery, now));
  return much > 20 * usual + 1 ? { kind: 'unbounded', detail: `${much.toFixed(1)} ms` } : right;
}

/** The least milliseconds that it takes in so many runs. */
async function least(runs: number, work: () => Promise<unknown>): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    await work();
    lowest = Math.min(lowest, performance.now() - begun);
  }
  return lowest;
}
