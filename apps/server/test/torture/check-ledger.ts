import type { Violation } from './check.ts';
import type { Attempt, History } from './history.ts';

/** What was answered is in the ledger as it was answered, once; and what must have no effect is not there. */
export function ledgerViolations({ lives, ledger }: History): readonly Violation[] {
  const receipts = new Map<string, string>();
  const found: Violation[] = [];
  for (const { nonce, resultCode } of ledger.receipts) {
    if (receipts.has(nonce)) found.push({ rule: 'uncalled-for', what: `nonce ${nonce} has two receipts` });
    receipts.set(nonce, resultCode);
  }
  const attempts = lives.flatMap((played) => played.attempts);
  const arrivable = new Set<string>();
  const answers = new Map<string, string>();
  for (const attempt of attempts) {
    const { nonce } = attempt;
    if (canArrive(attempt)) arrivable.add(nonce);
    const code = decided(attempt);
    if (code === undefined) continue;
    if (answers.has(nonce)) found.push({ rule: 'replay-taken', what: `nonce ${nonce} was good for two answers (R3)` });
    answers.set(nonce, code);
    const kept = receipts.get(nonce);
    if (kept === undefined) found.push({ rule: 'lost', what: `nonce ${nonce} was answered ${code} and is not there` });
    else if (kept !== code)
      found.push({ rule: 'lost', what: `nonce ${nonce} was answered ${code} and is there as ${kept}` });
  }
  for (const nonce of receipts.keys()) {
    if (!arrivable.has(nonce))
      found.push({ rule: 'uncalled-for', what: `nonce ${nonce} has a receipt, and no whole and genuine call had it` });
  }
  return found;
}

const canArrive = ({ what, how }: Attempt): boolean => what !== 'forged' && how !== 'half';

/** The code of an answer that was decided in a room, and so has to be kept. */
function decided({ what, answer }: Attempt): string | undefined {
  if (answer === undefined || answer.status !== 200 || what === 'forged') return undefined;
  return ['000001', '000005'].includes(answer.resultCode) ? undefined : answer.resultCode;
}
