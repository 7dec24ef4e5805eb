import { sortMembers } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';

// Members in the table's order, blanks between them and a null: what is sent and what is sorted differ.
const sent = (): string => {
  const { activity, ...rest } = renewal('PL-1', '20270101000000', { productId: null });
  return JSON.stringify({ scene: 'RENEWAL', activity, ...rest }, null, 1);
};

/** Sends a body with a token over one of its readings. */
const signedOver = (reading: string) =>
  reading === 'raw' ? (body: string) => body : (body: string) => sortMembers(body) ?? '';

describe('the two readings of a payload (R4)', () => {
  test.each([
    ['any', 'raw', '000000'],
    ['any', 'sorted', '000000'],
    ['raw', 'raw', '000000'],
    ['raw', 'sorted', '000001'],
    ['sorted', 'raw', '000001'],
    ['sorted', 'sorted', '000000'],
  ])('TOKEN_READING=%s, signed over the %s payload: %s', async (setting, reading, resultCode) => {
    const { store, database } = await startSeller({ environment: { TOKEN_READING: setting } });
    const body = sent();
    const answer = await store.send(body, { query: store.query(signedOver(reading)(body)) });
    expect(answer.resultCode).toBe(resultCode);
    const { receipts } = await readLedger(database);
    expect(receipts.map((receipt) => receipt.reading)).toEqual(resultCode === '000000' ? [reading] : []);
  });

  test('where both agree, it is the bytes as received that count', async () => {
    const { store, database } = await startSeller();
    await store.send(renewal('PL-1', '20270101000000'));
    expect((await readLedger(database)).receipts.map((receipt) => receipt.reading)).toEqual(['raw']);
  });
});
