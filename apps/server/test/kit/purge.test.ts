import { expect, test } from 'vitest';
import { storageCipher } from '../../src/storage/cipher.ts';
import { purchase, releaseInstance } from '../callbacks.ts';
import { rowsOf } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { type Seller, startSeller } from '../seller.ts';
import { authorization, department, tenant, user } from './messages.ts';
import { recordsOf, tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const purge = async (seller: Seller, tenantId: string) => {
  const headers = { Authorization: `Bearer ${seller.config.adminToken}` };
  const { status } = await fetch(`${seller.url}/admin/tenants/${tenantId}`, { method: 'DELETE', headers });
  return status;
};

test('a tenant that was dissolved can be forgotten, with its users, and is not brought back by an older call', async () => {
  const seller = await startSeller();
  const { send } = kitStore(seller);
  await send('tenantSync', tenant('T-1'));
  await send('authSync', authorization('T-1', [user('lin')]));
  await send('singleOrgSync', department('T-1', '1'));
  await send('authSync', authorization('T-2', [user('mei')]));
  expect(await purge(seller, 'T-1')).toBe(409);
  expect(await recordsOf(seller, 'T-1')).toHaveLength(3);
  seller.clock.now += 1_000;
  await send('tenantSync', tenant('T-1', { flag: 0 }));
  expect(await recordsOf(seller, 'T-1')).toHaveLength(2);
  expect(await purge(seller, 'T-1')).toBe(200);
  expect(
    (await tenantRows(seller.database)).filter(({ tenant_id, data }) => tenant_id === 'T-1' && data !== null),
  ).toEqual([]);
  expect(await recordsOf(seller, 'T-2')).toHaveLength(1);
  await send('authSync', authorization('T-1', [user('lin')]), { timestamp: seller.clock.now - 2_000 });
  expect(await recordsOf(seller, 'T-1')).toEqual([]);
  expect(await purge(seller, 'nobody')).toBe(404);
});

test('what a buyer got of a released instance is forgotten after RECEIPT_DAYS, of others never', async () => {
  const seller = await startSeller({ environment: { RECEIPT_DAYS: '30' }, timing: { pruningPauseMs: 5 } });
  const [released, kept] = await Promise.all(
    [purchase(), purchase()].map(async (bought) => String((await seller.store.send(bought)).body['instanceId'])),
  );
  await seller.store.send(releaseInstance(released ?? ''));
  const withDelivery = async () =>
    (await readLedger(seller.database)).instances.flatMap(({ instance_id, delivery }) =>
      delivery === null ? [] : [instance_id],
    );
  seller.clock.now += 29 * 86_400_000;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await withDelivery()).toSorted()).toEqual([released, kept].toSorted());
  seller.clock.now += 2 * 86_400_000;
  await expect.poll(withDelivery).toEqual([kept]);
});

test('a sealed record does not open in another row of its tenant (R27)', async () => {
  const seller = await startSeller();
  const { send } = kitStore(seller);
  await send('authSync', authorization('T-1', [user('lin'), user('mei')]));
  const [lin, mei] = await tenantRows(seller.database);
  const moved = [lin?.data ?? '', mei?.key ?? ''];
  await rowsOf(seller.database, 'UPDATE tenant_records SET data = ? WHERE key = ?', moved);
  expect((await seller.admin('/tenants/T-1')).status).toBe(500);
});

test('a record sealed by an earlier version, which was bound to its tenant alone, still opens', async () => {
  const seller = await startSeller();
  await kitStore(seller).send('tenantSync', tenant('T-1'));
  const sealed = storageCipher(seller.config.storageKey).seal(JSON.stringify({ name: 'Old' }), 'tenant of tenant T-1');
  await rowsOf(seller.database, 'UPDATE tenant_records SET data = ?', [sealed]);
  expect(await recordsOf(seller, 'T-1')).toMatchObject([{ data: { name: 'Old' } }]);
});
