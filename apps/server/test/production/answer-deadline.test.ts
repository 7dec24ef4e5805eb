import { describe, expect, test } from 'vitest';
import { timing } from '../../src/timing.ts';
import { renewal, statusChange } from '../callbacks.ts';
import { onPostgres } from '../database.ts';
import { lockLedger, readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';

const expireTime = '20270101000000';

describe('while another process holds the ledger’s lock (R9)', () => {
  test('the answer is 000005 in time, and the repeat gets the answer of what was applied meanwhile', async () => {
    const { store, database } = await startSeller({ timing: { answerMs: onPostgres ? 1_000 : 100 } });
    const unlock = await lockLedger(database);
    const message = renewal('PL-1', expireTime);
    const [first, garbage] = await Promise.all([store.send(message), store.send('not JSON')]);
    expect(first).toMatchObject({ status: 200, resultCode: '000005', resultMsg: expect.stringMatching(/in time/) });
    expect(garbage.resultCode).toBe('000005');
    expect((await readLedger(database)).orderLines).toEqual([]);
    await unlock();
    expect((await store.send(message)).resultCode).toBe('000000');
    const { orderLines, receipts, licenses } = await readLedger(database);
    expect(orderLines).toHaveLength(1);
    expect(licenses).toMatchObject([{ code: 'PL-1', revision: 1 }]);
    // The two that came at once may have been written in either order.
    expect(receipts.map(({ result_code }) => result_code).sort()).toEqual(['000000', '000000', '000002']);
  });

  test('a lock that is gone in time is not noticed', async () => {
    const { store, database } = await startSeller();
    const unlock = await lockLedger(database);
    const answers = [store.send(renewal('PL-1', expireTime)), store.send(statusChange('PL-1', 'FREEZE'))];
    setTimeout(unlock, 50);
    for (const answer of answers) expect((await answer).resultCode).toBe('000000');
  });
});

test('by default the answer leaves within the 5 seconds of the stricter page, bodies and travel included', () => {
  expect(timing.answerMs).toBeLessThan(5_000);
  expect(timing.bodyMs).toBeLessThan(timing.answerMs);
  expect(timing.graceMs + 2 * timing.endingMs + timing.drainMs).toBeLessThan(5_000);
});
