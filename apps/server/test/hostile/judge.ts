import { resultMessageLimit } from '@koobridge/contracts';
import { type LedgerContent, readLedger } from '../ledger-content.ts';
import type { Seller } from '../seller.ts';
import { exchange } from '../wire.ts';
import type { Wanted } from './token-inputs.ts';
import type { Sent } from './wire-inputs.ts';

/** What became of an input. `error` is an error or an answer other than the documented one. */
export interface Verdict {
  readonly kind: 'right' | 'not-applicable' | 'accepted' | 'refused' | 'error' | 'unbounded';
  readonly detail?: string;
}

export const right: Verdict = { kind: 'right' };

/** Far more than any input takes on any machine; the slow ones are cut off after 150 ms and a second to read the answer. */
const longestMs = 10_000;

/**
 * Sends inputs to a running server and judges everything about each: the answers in their order, that nothing else came,
 * what the ledger kept, and that nothing changed unless a call was to be applied. Nobody else may call meanwhile.
 */
export async function judgeOf(seller: Seller): Promise<(sent: Sent, wanted: readonly Wanted[]) => Promise<Verdict>> {
  let before = await readLedger(seller.database);
  return async (sent, wanted) => {
    const begun = performance.now();
    const { text } = await exchange(seller.url, sent.parts, sent.after);
    const ms = performance.now() - begun;
    const after = await readLedger(seller.database);
    const verdict = [judgeAnswers(seller, text, wanted), judgeLedger(before, after, wanted)];
    before = after;
    if (ms > longestMs) verdict.push({ kind: 'unbounded', detail: `${ms.toFixed(0)} ms` });
    return verdict.find(({ kind }) => kind !== 'right') ?? right;
  };
}

function judgeLedger(before: LedgerContent, after: LedgerContent, wanted: readonly Wanted[]): Verdict {
  const answers = wanted.filter((each) => typeof each !== 'number');
  const kept = answers.filter(({ receipts }) => receipts === 1).map(({ resultCode }) => resultCode);
  const receipts = after.receipts.slice(before.receipts.length).map((receipt) => receipt.result_code);
  if (receipts.join() !== kept.join()) return { kind: 'error', detail: `receipts: ${receipts.join()}` };
  const applied = answers.filter(({ resultCode }) => resultCode === '000000').length;
  const lines = after.orderLines.length - before.orderLines.length;
  if (lines !== applied) return { kind: 'error', detail: `${lines} order lines more` };
  const isUnchanged = JSON.stringify({ ...after, receipts: [] }) === JSON.stringify({ ...before, receipts: [] });
  return applied > 0 || isUnchanged ? right : { kind: 'accepted', detail: 'something changed' };
}

function judgeAnswers(seller: Seller, heard: string, wanted: readonly Wanted[]): Verdict {
  const answers = answersIn(heard);
  if (answers?.length !== wanted.length) return { kind: 'error', detail: `heard: ${heard.slice(0, 500)}` };
  const verdicts = wanted.map((want, index) => judgeAnswer(seller, answers[index], want));
  return verdicts.find(({ kind }) => kind !== 'right') ?? right;
}

function judgeAnswer(seller: Seller, answer: HttpAnswer | undefined, want: Wanted): Verdict {
  const { status = 0, type = '', text = '' } = answer ?? {};
  if (typeof want === 'number') return status === want ? right : { kind: 'error', detail: `HTTP ${status}` };
  // Nothing else would be parsed; a text that is no JSON fails the run.
  const { resultCode, resultMsg = '', ...more }: Record<string, string> = JSON.parse(text === '' ? '{}' : text);
  if (resultCode !== want.resultCode) {
    const kind = resultCode === '000000' ? 'accepted' : want.resultCode === '000000' ? 'refused' : 'error';
    return { kind, detail: text };
  }
  const isResult = status === 200 && /^application\/json(;|$)/.test(type) && Object.keys(more).length === 0;
  const isSaid = resultMsg.length > 0 && resultMsg.length <= resultMessageLimit && resultMsg.includes(want.says ?? '');
  const keys = Object.values(seller.config.keys).flat();
  const isSecret = keys.some(({ secret }) => text.includes(secret));
  return isResult && isSaid && !isSecret ? right : { kind: 'error', detail: text };
}

interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** All answers on a connection, an interim 100 left out; undefined if what was heard is not answers from end to end. */
function answersIn(heard: string): readonly HttpAnswer[] | undefined {
  const answers: HttpAnswer[] = [];
  for (let rest = heard; rest !== ''; ) {
    const [whole, status] = /^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n/.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    const length = Number(/^content-length: (\d+)\r$/im.exec(whole)?.[1] ?? 0);
    const type = /^content-type: (.*)\r$/im.exec(whole)?.[1] ?? '';
    const text = Buffer.from(rest.slice(whole.length, whole.length + length), 'latin1').toString();
    if (status !== '100') answers.push({ status: Number(status), type, text });
    rest = rest.slice(whole.length + length);
  }
  return answers;
}
