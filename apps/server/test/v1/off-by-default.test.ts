import { type KitActivityName, kitActivities } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { about, everyActivity } from './messages.ts';
import { v1Store } from './store.ts';

const seller = sharedSeller();
const unsigned = { ok: false, refusal: 'body-sign-missing' };

test('every activity by GET is a wrong method, without Body-Sign and without effect (R8, R25)', async () => {
  for (const parameters of Object.values(everyActivity('i'))) {
    const answer = await v1Store(seller()).get(parameters);
    expect(answer).toMatchObject({ status: 200, resultCode: '000002', bodySign: unsigned });
    expect(answer.resultMsg).toMatch(/GET is not supported/);
  }
  expect(await readLedger(seller().database)).toMatchObject({ receipts: [], orderLines: [] });
});

test.each(Object.keys(kitActivities) as KitActivityName[])(
  // the keys of a literal are exactly its type's
  'there is no %s of V1',
  async (name) => {
    const answer = await v1Store(seller()).post(name, { tenantId: 'T-1' });
    expect(answer).toMatchObject({ status: 200, resultCode: '000002', bodySign: unsigned });
    expect(answer.resultMsg).toBe('There is no interface at this path.');
  },
);

test('a V1 token opens no interface of 2.0, and a 2.0 token none of V1', async () => {
  const body = JSON.stringify({ activity: 'queryInstance', instanceId: 'i', testFlag: '1' });
  const query = v1Store(seller()).query(about('queryInstance', 'i'));
  expect((await seller().store.send(body, { query })).resultCode).toBe('000002');
  await seller().restart({ V1_ENABLED: 'true' });
  const [key] = seller().config.keys.base;
  const v2 = seller().store.query(body, key === undefined ? {} : { key });
  expect((await v1Store(seller()).get({}, { query: v2 })).resultCode).toBe('000002');
  expect((await seller().store.send(body, { query: v2 })).resultCode).toBe('000000');
});
