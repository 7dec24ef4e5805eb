import { resultMessageLimit } from '@koobridge/contracts';
import { expect } from 'vitest';
import { renewal } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import type { Seller } from '../seller.ts';
import type { Answer } from '../store.ts';

export interface Expected {
  readonly resultCode: '000001' | '000002' | '000003';
  /** How many receipts it leaves: one if the store did send it, none if nobody knows who did. */
  readonly receipts: 0 | 1;
  /** What the message says; for a member of the body, its name comes first (R10). */
  readonly says?: RegExp;
}

let probes = 0;

/** A hostile or broken call gets its documented answer, changes nothing, and the next call is served. */
export async function expectRefusal(seller: Seller, expected: Expected, call: () => Promise<Answer>): Promise<void> {
  const before = await readLedger(seller.database);
  const answer = await call();
  expectResult(seller, answer);
  expect(answer.resultCode).toBe(expected.resultCode);
  if (expected.says !== undefined) expect(answer.resultMsg).toMatch(expected.says);

  const { receipts, ...state } = await readLedger(seller.database);
  const { receipts: receiptsBefore, ...stateBefore } = before;
  expect(state).toEqual(stateBefore);
  expect(receipts.map((receipt) => receipt.result_code)).toEqual([
    ...receiptsBefore.map((receipt) => receipt.result_code),
    ...Array.from({ length: expected.receipts }, () => expected.resultCode),
  ]);

  probes += 1;
  expect((await seller.store.send(renewal(`PL-probe-${probes}`, '20270101000000'))).resultCode).toBe('000000');
}

/** What every answer of a production path is (R8), without a secret in it. */
export function expectResult(seller: Seller, { status, contentType, text, resultMsg }: Answer): void {
  expect(status).toBe(200);
  expect(contentType).toMatch(/^application\/json(;|$)/);
  expect(Object.keys(JSON.parse(text)).sort()).toEqual(['resultCode', 'resultMsg']);
  expect(resultMsg.length).toBeGreaterThan(0);
  expect(resultMsg.length).toBeLessThanOrEqual(resultMessageLimit);
  for (const key of Object.values(seller.config.keys).flat()) expect(text).not.toContain(key.secret);
}
