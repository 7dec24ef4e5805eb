import { expect, test } from 'vitest';
import { keyRings } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';
import { v1On } from './instance.ts';
import { v1Store } from './store.ts';

// The one request that the store's pages print together with its key.
const query =
  'activity=newInstance&businessId=61e834ba-7b97-4418-b8f7-e5345137278c&customerId=68cbc86abc2018ab880d92f36422fa0e' +
  '&expireTime=20200727153156&orderId=CS1906666666ABCDE&productId=00301-666666-0--0&testFlag=1' +
  '&timeStamp=20200727073711903&authToken=Gzbfjf9LHRBcI3bFVi++sLinCNOBF6qa7is1fvjEgYQ=';
const keys = JSON.stringify(keyRings({ v1: [{ id: 'printed', secret: 'xxxxxxx' }] }));

test('the published request verifies at its time, as printed and percent-encoded', async () => {
  const clock = { now: Date.UTC(2020, 6, 27, 7, 37, 11, 903) };
  const seller = await startSeller({ environment: { ...v1On, KOOBRIDGE_KEYS: keys, V1_WINDOW_SECONDS: '1' }, clock });
  const { get } = v1Store(seller);
  const answer = await get({}, { query });
  expect(answer).toMatchObject({ resultCode: '000000', bodySign: { ok: true, keyId: 'printed' } });
  expect(answer.json['instanceId']).toMatch(/^[0-9a-f]{32}$/);
  // Another spelling of the same token is the same token.
  const encoded = query.replace('++', '%2B%2B').replace(/=$/, '%3D');
  expect(await get({}, { query: encoded })).toMatchObject({
    resultCode: '000001',
    resultMsg: expect.stringMatching(/used before/),
  });
  expect((await readLedger(seller.database)).receipts).toMatchObject([{ key_id: 'v1/printed', reading: 'percent' }]);
});

test('and no longer today', async () => {
  const seller = await startSeller({ environment: { ...v1On, KOOBRIDGE_KEYS: keys } });
  expect((await v1Store(seller).get({}, { query })).resultCode).toBe('000001');
});
