import { expect, test } from 'vitest';
import { advance, instanceOf, ok, ordered, startMarket } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';
import { application, applied, file, upload } from './uploading.ts';

/** The buyer applies for a License (异步申请License). */

const asked = (market: Awaited<ReturnType<typeof applied>>['market']) =>
  market.seller.calls.filter(({ message }) => message['activity'] === 'getLicenseAsync');

test('the seller is asked in the documented form, and the answer names the event', async () => {
  const { market, id, eventId } = await applied({ fingerprint: '04:7C:16:5E:E3:5D|001B_444A||BFEBFBFF00090672' });
  const { expiresAt } = await instanceOf(market, id);
  const { now } = ok(await market.control.clock());
  const written = (instant: string | null) => instant?.replace('T', ' ').replace('.000Z', ' z');
  const [call] = asked(market);
  expect(call?.token).toMatchObject({ ok: true, keyId: 'base-1' });
  expect(call?.message).toEqual({
    activity: 'getLicenseAsync',
    instanceId: id,
    effectiveTime: written(now),
    expireTime: written(expiresAt),
    eventId,
    deviceFingerprint: '04:7C:16:5E:E3:5D|001B_444A||BFEBFBFF00090672',
    testFlag: '0',
  });
  expect(written(now)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d z$/);
  expect(eventId).toMatch(/^[A-Z0-9]{32}$/);
});

test('without a fingerprint none is sent, and without an end no expiry', async () => {
  const market = await startMarket();
  const products = ok(await market.control.products());
  const yearly = products.find(({ product }) => product === 'online-license-yearly');
  if (yearly === undefined) throw new Error('nothing is sold');
  const once = { ...yearly, product: 'online-once', productId: 'ONCE', skuCode: 'ONCE', period: null };
  ok(
    await market.control.saveProduct({
      params: { product: 'online-once' },
      body: { ...once, chargingMode: 'ONE_TIME' },
    }),
  );
  const { id } = await ordered(market, { product: 'online-once' });
  ok(await market.control.applyLicense({ params: { id }, body: {} }));
  expect(Object.keys(asked(market)[0]?.message ?? {}).sort()).toEqual([
    'activity',
    'effectiveTime',
    'eventId',
    'instanceId',
    'testFlag',
  ]);
});

test.each(['000000', '000004'])('%s is a success (R21)', async (code) => {
  const market = await startMarket();
  market.seller.answer((response, call, index) =>
    call.message['activity'] === 'getLicenseAsync' ? says(response, code) : takesIt(response, call, index),
  );
  const { id } = await ordered(market, { product: 'online-license-yearly' });
  const { message } = ok(await market.control.applyLicense({ params: { id }, body: {} }));
  expect(ok(await market.control.message({ params: { id: String(message) } })).status).toBe('SUCCEEDED');
});

test('a refusal is repeated every two minutes, always the same application', async () => {
  const market = await startMarket();
  market.seller.answer((response, call, index) =>
    call.message['activity'] === 'getLicenseAsync' ? says(response, '000900') : takesIt(response, call, index),
  );
  const { id } = await ordered(market, { product: 'online-license-yearly' });
  ok(await market.control.applyLicense({ params: { id }, body: {} }));
  await advance(market, 'PT4M');
  const calls = asked(market);
  expect(calls).toHaveLength(3);
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
});

test('a release ends the repetitions of an application', async () => {
  const market = await startMarket();
  market.seller.answer((response, call, index) =>
    call.message['activity'] === 'getLicenseAsync' ? says(response, '000005') : takesIt(response, call, index),
  );
  const { id } = await ordered(market, { product: 'online-license-yearly' });
  ok(await market.control.applyLicense({ params: { id }, body: {} }));
  ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
  await advance(market, 'PT10M');
  expect(asked(market)).toHaveLength(1);
});

test('each application has an event of its own; a repeat has the old one and the same body', async () => {
  const { market, id, eventId } = await applied({ fingerprint: 'DEVICE' });
  await advance(market, 'P1D');
  const other = ok(await market.control.applyLicense({ params: { id }, body: { fingerprint: 'OTHER' } }));
  const again = ok(await market.control.applyLicense({ params: { id }, body: { eventId, fingerprint: 'DEVICE' } }));
  const [first, second, third] = asked(market);
  expect(other.eventId).not.toBe(eventId);
  expect(second?.message['eventId']).toBe(other.eventId);
  expect(again).toMatchObject({ eventId, fingerprint: 'DEVICE' });
  expect(third?.body).toBe(first?.body);
  const events = ok(await market.control.instanceLicenses({ params: { id } })).map((one) => one.eventId);
  expect(events).toEqual([eventId, other.eventId]);
  const page = await market.control.instanceLicenses({ params: { id }, query: { after: eventId, limit: '1' } });
  expect(ok(page).map((one) => one.eventId)).toEqual([other.eventId]);
});

test('422 for a repeat with another fingerprint, 404 for one of another instance', async () => {
  const { market, id, eventId } = await applied({ fingerprint: 'DEVICE' });
  const foreign = await ordered(market, { product: 'online-license-yearly' });
  const refused = async (instance: string, body: object) => {
    const { status } = await market.control.applyLicense({ params: { id: instance }, body });
    return status;
  };
  expect(await refused(id, { eventId, fingerprint: 'OTHER' })).toBe(422);
  expect(await refused(foreign.id, { eventId })).toBe(404);
  expect(await refused(id, { eventId: 'NOBODY' })).toBe(404);
  expect(await refused('NOBODY', {})).toBe(404);
  expect(await refused(id, { fingerprint: 'F'.repeat(1025) })).toBe(400);
  expect(await refused(id, { device: 'D' })).toBe(400);
  expect((await market.control.instanceLicense({ params: { id: foreign.id, eventId } })).status).toBe(404);
  expect((await market.control.instanceLicenses({ params: { id: 'NOBODY' } })).status).toBe(404);
  expect(asked(market)).toHaveLength(1);
});

test('409 for what is no online License, expired, or released', async () => {
  const market = await startMarket();
  const saas = await ordered(market);
  const { id } = await ordered(market, { product: 'online-license-monthly', customerLevel: 'V5' });
  const refused = async (instance: string) => {
    const { status, body } = await market.control.applyLicense({ params: { id: instance }, body: {} });
    return [status, body];
  };
  expect(await refused(saas.id)).toEqual([409, { error: expect.stringContaining('online License') }]);
  await advance(market, 'P1M');
  expect(await refused(id)).toEqual([409, { error: expect.stringContaining('expired') }]);
  await advance(market, 'P40D');
  expect(await refused(id)).toEqual([409, { error: expect.stringContaining('released') }]);
});

test('the License may come while the seller is still being asked', async () => {
  const market = await startMarket();
  market.seller.answer((response, call, index) => {
    const { activity, eventId } = call.message;
    if (activity !== 'getLicenseAsync') return takesIt(response, call, index);
    void upload(market, String(eventId), file('at once')).then(() => says(response, '000000'));
  });
  const { id } = await ordered(market, { product: 'online-license-yearly' });
  const { eventId, license } = ok(await market.control.applyLicense({ params: { id }, body: {} }));
  expect(license).toMatchObject({ kind: 'FILE', size: 7 });
  expect(await application(market, id, eventId)).toMatchObject({ fileBase64: btoa('at once') });
});
