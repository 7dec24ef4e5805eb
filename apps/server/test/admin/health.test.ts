import { describe, expect, test } from 'vitest';
import { onPostgres } from '../database.ts';
import { lockLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';

describe('GET /healthz', () => {
  test('says that the process lives, whatever the ledger does', async () => {
    const { get, database } = await startSeller();
    const unlock = await lockLedger(database);
    const response = await get('/healthz');
    await unlock();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });
});

describe('GET /readyz', () => {
  test('is 503 while the ledger cannot be written to, and 200 again afterwards', async () => {
    const { get, database } = await startSeller({ timing: { readinessMs: onPostgres ? 500 : 50 } });
    expect((await get('/readyz')).status).toBe(200);
    const unlock = await lockLedger(database);
    const locked = await get('/readyz');
    expect(locked.status).toBe(503);
    expect(await locked.json()).toEqual({ status: 'unavailable', reason: 'the ledger cannot be written to' });
    await unlock();
    await expect.poll(async () => (await get('/readyz')).status).toBe(200);
    const ready = await get('/readyz');
    expect(await ready.json()).toEqual({ status: 'ready' });
  });
});

test.each(['/healthz', '/readyz', '/metrics'])('%s is only for reading', async (path) => {
  const { url } = await startSeller();
  expect((await fetch(url + path, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(url + path, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${url}${path}/`)).status).toBe(404);
});
