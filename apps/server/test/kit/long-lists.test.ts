import { setTimeout as sleep } from 'node:timers/promises';
import { composeBody } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { startSeller } from '../seller.ts';
import { exchange, head } from '../wire.ts';
import { authorization, organisation, orgInfo, user } from './messages.ts';
import { tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const departments = (count: number) => Array.from({ length: count }, (_, index) => orgInfo(`${index}`));
const users = (count: number) => Array.from({ length: count }, (_, index) => user(`user-${index}`));

test('others are answered while a long list is carried out', async () => {
  const seller = await startSeller({ timing: { answerMs: 60_000 } });
  let isDone = false;
  const answer = kitStore(seller)
    .send('allOrgSync', organisation('T-1', departments(10_000)))
    .finally(() => {
      isDone = true;
    });
  let others = 0;
  while (!isDone) {
    expect((await seller.store.send(renewal(`PL-${others}`, '20270101000000'))).resultCode).toBe('000000');
    others += 1;
  }
  expect((await answer).resultCode).toBe('000000');
  expect(others).toBeGreaterThan(10);
  expect(await tenantRows(seller.database)).toHaveLength(10_000);
});

test('a list that takes longer than the answer may is answered 000005, and its repeat finds it done (R9)', async () => {
  const heard: number[] = [];
  const seller = await startSeller({
    timing: { answerMs: 150 },
    handlers: { provisioning: { 'users.synced': ({ data }) => void heard.push(data.users.length) } },
  });
  const message = authorization('T-1', users(5_000));
  expect((await kitStore(seller).send('authSync', message)).resultCode).toBe('000005');
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual([5_000]);
  expect(await tenantRows(seller.database)).toHaveLength(5_000);
  seller.clock.now += 1_000;
  await kitStore(seller).send('authSync', message);
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual([5_000, 5_000]);
  expect(await tenantRows(seller.database)).toHaveLength(5_000);
});

test('a replay of a long list changes nothing (R3)', async () => {
  const seller = await startSeller({ timing: { answerMs: 60_000 } });
  const kit = kitStore(seller);
  const body = composeBody(organisation('T-1', departments(500)));
  const headers = kit.headers(body);
  expect((await kit.send('allOrgSync', body, { headers })).resultCode).toBe('000000');
  const rows = await tenantRows(seller.database);
  expect((await kit.send('allOrgSync', body, { headers })).resultCode).toBe('000001');
  expect(await tenantRows(seller.database)).toEqual(rows);
});

test('a body of many mebibytes has the time to arrive that it needs, a small one has not', async () => {
  const seller = await startSeller({ timing: { bodyMs: 400 } });
  const kit = kitStore(seller);
  const slowly = async (body: string, pauseMs: number): Promise<string> => {
    const headers = Object.entries(kit.headers(body)).map(([name, value]) => `${name}: ${value}`);
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    const first = head('/production/produceAPI/v2/allOrgSync', length, 'Connection: close', ...headers);
    const { text } = await exchange(seller.url, [first, body.slice(0, 20)], async (socket) => {
      await sleep(pauseMs);
      socket.write(body.slice(20));
    });
    return text;
  };
  const filler = 'x'.repeat(2 * 1024 * 1024);
  const large = composeBody({ ...organisation('T-1', departments(1)), filler });
  expect(await slowly(large, 900)).toContain('"000000"');
  expect(await slowly(composeBody(organisation('T-1', departments(1))), 900)).toContain('did not arrive within 400 ms');
});
