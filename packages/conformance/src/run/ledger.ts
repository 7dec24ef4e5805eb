import type { Result } from './verdict.ts';

/** Cases that are known to deviate, with the reason. It works both ways: one that passes is news, and breaks the run. */
export type Ledger = ReadonlyMap<string, string>;

export type LedgerReading =
  | { readonly ok: true; readonly ledger: Ledger }
  | { readonly ok: false; readonly problem: string };

/** Reads `{"license.sig.lower-case": "why it is so"}`; every id must be that of a case. */
export function readLedger(text: string, known: ReadonlySet<string>): LedgerReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'the ledger of expected failures is no JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problem: 'the ledger of expected failures must be an object of case ids and reasons' };
  }
  const ledger = new Map<string, string>();
  for (const [id, reason] of Object.entries(value)) {
    if (!known.has(id)) return { ok: false, problem: `the ledger names ${id}, which is no case` };
    if (typeof reason !== 'string' || reason === '')
      return { ok: false, problem: `the ledger gives no reason for ${id}` };
    ledger.set(id, reason);
  }
  return { ok: true, ledger };
}

/** Marks what the ledger says. A case that could not be judged is neither. */
export function compareWithLedger(result: Result, ledger: Ledger): Result {
  if (!ledger.has(result.case.id)) return result;
  if (result.verdict === 'failed' || result.verdict === 'warned') return { ...result, ledger: 'expected-failure' };
  return result.verdict === 'passed' ? { ...result, ledger: 'unexpected-pass' } : result;
}
