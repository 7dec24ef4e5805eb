import { generateKeyPairSync } from 'node:crypto';
import { kitActivities } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { ok, startMarket } from '../running-market.ts';
import { applied, decrypted, heardKit, kitCalls, loginUrl, publicKey, publicPem } from './kit-market.ts';

test('applying tells the seller of the enterprise, the application and the organisation, signed, without an order', async () => {
  const market = await startMarket();
  const application = await applied(market);
  expect(heardKit(market)).toEqual(['tenantSync 1', 'applicationSync 1', 'allOrgSync']);
  const [tenant, client, organisation] = kitCalls(market);
  for (const { token, message } of kitCalls(market)) {
    expect(token.ok).toBe(true);
    expect(message).toMatchObject({ instanceId: '', tenantId: application.testTenant, testFlag: 0 });
  }
  expect(tenant?.path).toBe('/production/produceAPI/v2/tenantSync');
  expect(tenant?.message).toMatchObject({ orderId: '', domainName: market.url });
  expect(client?.message).toMatchObject({ appId: application.appId });
  expect(organisation?.message['orgInfoList']).toEqual([{ orgCode: '10000', orgName: 'Head office', parentCode: '' }]);
  for (const call of kitCalls(market)) {
    const name = call.path.split('/').at(-1) as keyof typeof kitActivities; // the path just asserted
    expect(kitActivities[name].request.safeParse(call.message)).toMatchObject({ success: true });
  }
});

test.each(['SHA-256', 'SHA-1'] as const)(
  'the client secret opens with the private key, padded with %s',
  async (oaepHash) => {
    const market = await startMarket();
    await applied(market, { oaepHash });
    const [call] = kitCalls(market, 'applicationSync');
    const hash = oaepHash.replace('-', '').toLowerCase();
    expect(decrypted(call?.message['clientSecret'], hash)).toMatch(/^[\w-]{32}$/);
    const other = hash === 'sha1' ? 'sha256' : 'sha1';
    expect(() => decrypted(call?.message['clientSecret'], other)).toThrow();
  },
);

test('the time stamps are those of the life-cycle clock, in UTC+8', async () => {
  const market = await startMarket();
  ok(await market.control.moveClock({ body: { to: '2099-12-31T20:15:30Z' } }));
  await applied(market);
  expect(kitCalls(market)[0]?.message['timeStamp']).toBe('21000101041530000');
});

test('the secret of a credential is answered once', async () => {
  const market = await startMarket();
  const { secret, appId, ...shown } = await applied(market);
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect(ok(await market.control.application({ params: { appId } }))).toEqual({ appId, ...shown });
  expect(JSON.stringify(ok(await market.control.applications({ query: {} })))).not.toContain(secret);
});

const weak = publicPem(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
const edge = publicPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
const secretPem = generateKeyPairSync('rsa', { modulusLength: 3072 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

test.each([
  ['a key of 2048 bits', weak, /3072/],
  ['a key that is no RSA key', edge, /no RSA key/],
  ['a private key', secretPem, /private/],
  ['no key', 'hello', /no RSA key/],
])('%s is refused, and nothing is sent', async (_, key, reason) => {
  const market = await startMarket();
  const answer = await market.control.applyForApplication({ body: { name: 'x', loginUrl, publicKey: key } });
  expect(answer).toMatchObject({ status: 422, body: { error: expect.stringMatching(reason) } });
  expect(market.seller.calls).toEqual([]);
  expect(ok(await market.control.applications({ query: {} }))).toEqual([]);
});

test('a key without its first and last line is read as the debugging page reads it', async () => {
  const market = await startMarket();
  const bare = publicKey.split('\n').slice(1, -2).join('\n');
  expect((await applied(market, { publicKey: bare })).publicKey).toBe(publicKey);
});

test.each([
  'javascript:alert(1)',
  'ftp://app.example.com/',
  'https://user@app.example.com/',
  'https://app.example.com/#here',
  'https://app.example.com/登录',
  'not an address',
])('the login address %s is refused', async (address) => {
  const market = await startMarket();
  const body = { name: 'x', loginUrl: address, publicKey };
  expect(await market.control.applyForApplication({ body })).toMatchObject({ status: 400 });
});

test('a login address belongs to one credential', async () => {
  const market = await startMarket();
  await applied(market);
  const again = await market.control.applyForApplication({ body: { name: 'x', loginUrl, publicKey } });
  expect(again.status).toBe(409);
  const second = await applied(market, { loginUrl: 'https://other.example.com/' });
  const taken = await market.control.saveApplication({
    params: { appId: second.appId },
    body: { name: 'x', loginUrl, publicKey },
  });
  expect(taken.status).toBe(409);
});

test('multi-instance binding can be allowed, and not be taken back', async () => {
  const market = await startMarket();
  const { appId } = await applied(market);
  const save = (multiInstance: boolean) =>
    market.control.saveApplication({
      params: { appId },
      body: { name: 'x', loginUrl, publicKey, multiInstance },
    });
  expect(ok(await save(true)).multiInstance).toBe(true);
  expect((await save(false)).status).toBe(409);
});

test('another public key brings the seller’s tests another secret at once', async () => {
  const market = await startMarket();
  const { appId } = await applied(market);
  const next = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const body = { name: 'x', loginUrl, publicKey: publicPem(next.publicKey) };
  ok(await market.control.saveApplication({ params: { appId }, body }));
  const [first, second] = kitCalls(market, 'applicationSync');
  expect(second?.message).toMatchObject({ flag: 2, clientId: first?.message['clientId'] });
  expect(decrypted(second?.message['clientSecret'], 'sha256', next.privateKey)).not.toBe(
    decrypted(first?.message['clientSecret']),
  );
  ok(await market.control.saveApplication({ params: { appId }, body }));
  expect(kitCalls(market, 'applicationSync')).toHaveLength(2);
});

test('the test account is told by authSync, once, and its password is shown once', async () => {
  const market = await startMarket();
  const { appId, testTenant } = await applied(market);
  const made = ok(await market.control.applyForTestAccount({ params: { appId }, body: {} }));
  expect(made).toMatchObject({ domain: market.url, tenantId: testTenant });
  const [call] = kitCalls(market, 'authSync');
  expect(call?.message).toMatchObject({
    flag: 1,
    appId,
    instanceId: '',
    userList: [{ userName: made.account, role: 'admin', orgCode: '10000', enable: 'true' }],
  });
  expect(call?.body).not.toContain(made.password);
  expect(await market.control.applyForTestAccount({ params: { appId }, body: {} })).toMatchObject({ status: 409 });
  expect(ok(await market.control.application({ params: { appId } })).testAccount).toBe(made.account);
});

test('what there is not is a 404', async () => {
  const market = await startMarket();
  const params = { appId: 'none' };
  expect(await market.control.application({ params })).toMatchObject({ status: 404 });
  expect(await market.control.applyForTestAccount({ params, body: {} })).toMatchObject({ status: 404 });
  const body = { name: 'x', loginUrl, publicKey };
  expect(await market.control.saveApplication({ params, body })).toMatchObject({ status: 404 });
});
