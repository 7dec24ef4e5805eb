import { expect, test } from 'vitest';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { exchange, head, lastBody } from '../wire.ts';
import { organisation, orgInfo, tenant } from './messages.ts';
import { recordsOf } from './records.ts';
import { kitStore } from './store.ts';

const seller = sharedSeller();
const mebibyte = 1024 * 1024;

test.each([
  '/produceAPI/v2/tenantsync',
  '/produceapi/v2/tenantSync',
  '/produceAPI/v2/tenantSync/',
  '/produceAPI/v2/nothing',
  '/produceAPI/v2',
  '/produceAPI/v3/tenantSync',
  '/produceAPI/tenantSync',
])('there is no interface at %s (R8)', async (subPath) => {
  const answer = await kitStore(seller()).send('tenantSync', tenant('T-path'), { subPath });
  expect(answer).toMatchObject({ status: 200, resultCode: '000002', resultMsg: 'There is no interface at this path.' });
  expect(await recordsOf(seller(), 'T-path')).toEqual([]);
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is not served (R8)', async (method) => {
  const answer = await kitStore(seller()).send('tenantSync', tenant('T-method'), { method });
  expect(answer).toMatchObject({ status: 200, resultCode: '000002' });
  expect(await recordsOf(seller(), 'T-method')).toEqual([]);
});

test('a query, and another content type, are no reason to refuse (R8)', async () => {
  const { send, headers } = kitStore(seller());
  const body = JSON.stringify(tenant('T-query'));
  const subPath = '/produceAPI/v2/tenantSync?contentType=x';
  const answer = await send('tenantSync', body, {
    subPath,
    headers: { ...headers(body), 'Content-Type': 'text/plain' },
  });
  expect(answer.resultCode).toBe('000000');
});

test('a compressed body is refused (R8)', async () => {
  const { send, headers } = kitStore(seller());
  const body = JSON.stringify(tenant('T-gzip'));
  const answer = await send('tenantSync', body, { headers: { ...headers(body), 'Content-Encoding': 'gzip' } });
  expect(answer.resultCode).toBe('000002');
});

/** A body of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const message = JSON.stringify({ ...organisation('T-large', [orgInfo('1')]), padding: '' });
  return message.replace('"padding":""', `"padding":"${'x'.repeat(bytes - message.length)}"`);
}

test('a body of 16 MiB is taken (R8)', async () => {
  const body = bodyOf(16 * mebibyte);
  expect(Buffer.byteLength(body)).toBe(16 * mebibyte);
  expect((await kitStore(seller()).send('allOrgSync', body)).resultCode).toBe('000000');
  expect(await recordsOf(seller(), 'T-large')).toHaveLength(1);
});

test('one byte more is refused, unread', async () => {
  const { receipts } = await readLedger(seller().database);
  const answer = await kitStore(seller()).send('allOrgSync', bodyOf(16 * mebibyte + 1));
  expect(answer).toMatchObject({
    resultCode: '000002',
    resultMsg: expect.stringMatching(/larger than 16777216 bytes/),
  });
  expect((await readLedger(seller().database)).receipts).toEqual(receipts);
});

test('an announced body that would never end is refused before it is sent', async () => {
  const target = '/production/produceAPI/v2/allOrgSync';
  const heard = await exchange(seller().url, [head(target, `Content-Length: ${100 * mebibyte}`)]);
  expect(
    JSON.parse(
      lastBody(heard)
        .replace(/^[0-9a-f]+\r\n/i, '')
        .replace(/\r\n0?.*$/s, ''),
    ),
  ).toMatchObject({
    resultCode: '000002',
  });
});
