import { composeBody, tokenQuery } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { readAnswer } from '../store.ts';
import { exchange, head, lastBody } from '../wire.ts';
import { expectRefusal } from './refusal.ts';

const seller = sharedSeller();
const mebibyte = 1024 * 1024;

// What size, form and pace a body may have: test/hostile/wire-inputs.ts.

test('a body of more than 9 MiB is answered and cut off (R8)', async () => {
  await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /larger/ }, async () => {
    const heard = await exchange(seller().url, [head('/production', `Content-Length: ${1024 * mebibyte}`), 'x']);
    expect(heard.text).toMatch(/Connection: close/i);
    return readAnswer(heard.statuses[0] ?? 0, 'application/json', lastBody(heard));
  });
});

test('a client that goes away while it sends has no effect', async () => {
  const before = await readLedger(seller().database);
  const body = composeBody(renewal('PL-gone', '20270101000000'));
  const lines = head(`/production?${seller().store.query(body)}`, `Content-Length: ${body.length}`);
  const heard = await exchange(seller().url, [lines, body.slice(0, 20)], (socket) => socket.destroy());
  expect(heard.text).toBe('');
  expect((await seller().get('/healthz')).status).toBe(200);
  expect(await readLedger(seller().database)).toEqual(before);
});

test('a token of the wrong form costs no more for a large body', async () => {
  const query = tokenQuery({ signature: 'x', timestamp: '0', nonce: 'n' });
  await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /64/ }, () =>
    seller().store.send('x'.repeat(mebibyte), { query }),
  );
});
