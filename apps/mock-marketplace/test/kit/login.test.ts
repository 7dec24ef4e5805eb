import { type KitTokenRequest, kitLoginApi, logoutUrl, loginUrl as storeLogin } from '@koobridge/contracts';
import { initClient } from '@ts-rest/core';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { ok, type RunningMarket } from '../running-market.ts';
import { authorizing, brought, browser } from './browser.ts';
import { decrypted, joined, jointMarket, kitCalls, loginUrl } from './kit-market.ts';

/** A seller whose test account may log in, with what its server was told. */
async function readyToLogIn(form: Parameters<typeof jointMarket>[0] = {}) {
  const { market, application } = await jointMarket(form);
  const account = ok(await market.control.applyForTestAccount({ params: { appId: application.appId }, body: {} }));
  const told = kitCalls(market, 'applicationSync')[0]?.message ?? {};
  const domain = String(kitCalls(market, 'tenantSync')[0]?.message['domainName']);
  const client = { client_id: String(told['clientId']), client_secret: decrypted(told['clientSecret']) };
  const filledIn = { tenant: account.tenantId, account: account.account, password: account.password };
  return { market, application, account, client, domain, filledIn, api: apiAt(domain) };
}

const apiAt = (domain: string, accessToken?: string) =>
  initClient(kitLoginApi, {
    baseUrl: domain,
    baseHeaders: accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` },
  });

/** As a server that knows only this: form-encoded, and every answer read whatever its status. */
async function token(market: RunningMarket, form: z.input<typeof KitTokenRequest> | Record<string, string>) {
  const body = new URLSearchParams(Object.entries(form).map(([name, value]): [string, string] => [name, value ?? '']));
  const response = await fetch(market.url + kitLoginApi.token.path, { method: 'POST', body });
  const answer: Record<string, unknown> = Object(await response.json());
  return { status: response.status, body: answer, headers: response.headers };
}

async function codeOf({ market, application, filledIn }: Awaited<ReturnType<typeof readyToLogIn>>) {
  return brought(await browser(market.url).logIn(application.unifiedLogin, filledIn))['code'] ?? '';
}

test('authorize, code, token, user information, refresh and logout: the whole way over HTTP', async () => {
  const seller = await readyToLogIn();
  const { market, client, domain, account, filledIn, api } = seller;
  const user = browser(domain);

  const asked = await user.get(authorizing(domain, client.client_id));
  expect(asked.status).toBe(302);
  const { code = '', ...rest } = brought(await user.logIn(asked.location, filledIn));
  expect(rest).toEqual({ state: 'xyz' });

  const given = await api.token({
    body: { grant_type: 'authorization_code', ...client, code, redirect_uri: loginUrl },
  });
  expect(given).toMatchObject({
    status: 200,
    body: { token_type: 'Bearer', expires_in: 7200, scope: 'get_user_info' },
  });
  const { access_token, refresh_token = '' } = ok(given);
  expect(ok(await apiAt(domain, access_token).userInfo())).toEqual({
    id: expect.stringMatching(/^[a-z0-9]{32}$/),
    userName: account.account,
    name: 'Test account',
    role: 'admin',
    organizationCode: '10000',
    organizationName: 'Head office',
    projectName: 'Tests of Mock app',
    tenant: account.tenantId,
  });

  const again = ok(await api.token({ body: { grant_type: 'refresh_token', ...client, refresh_token } }));
  expect(again).toMatchObject({ token_type: 'Bearer', expires_in: 7200, refresh_token: expect.any(String) });
  expect(again.access_token).not.toBe(access_token);
  expect(ok(await apiAt(domain, again.access_token).userInfo()).userName).toBe(account.account);

  const silent = await user.get(authorizing(domain, client.client_id));
  expect(brought(silent)).toEqual({ code: expect.any(String), state: 'xyz' });
  const origin = domain as `http://${string}`; // the marketplace of this test has this scheme
  const left = await user.get(logoutUrl(origin, 'https://app.example.com/goodbye'));
  expect(left).toMatchObject({ status: 302, location: 'https://app.example.com/goodbye' });
  const after = await user.get(authorizing(domain, client.client_id));
  expect(after.location).toMatch(/^\/unified-login\//);
  expect(market.failures).toEqual([]);
});

test('the unified login brings a code and the tenant, and no state', async () => {
  const seller = await readyToLogIn();
  const { application, filledIn, account, market } = seller;
  const visit = await browser(market.url).logIn(application.unifiedLogin, filledIn);
  expect(brought(visit)).toEqual({ code: expect.any(String), tenant: account.tenantId });
  const byCode = { ...filledIn, tenant: `test-${application.appId.toLowerCase()}` };
  expect(brought(await browser(market.url).logIn(application.unifiedLogin, byCode))['tenant']).toBe(account.tenantId);
});

test('where the store hides the application behind a #, the page asks for it', async () => {
  const { market, application } = await jointMarket();
  const hidden = new URL(storeLogin(application.appId));
  const { status, text } = await browser(market.url).get(`${market.url}${hidden.pathname}${hidden.hash}`);
  expect(status).toBe(200);
  expect(text).toContain('name="appId"');
});

test('a code is good for one use', async () => {
  const seller = await readyToLogIn();
  const code = await codeOf(seller);
  const form = { grant_type: 'authorization_code', ...seller.client, code };
  expect((await token(seller.market, form)).status).toBe(200);
  expect(await token(seller.market, form)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Invalid authorization code' },
  });
});

test.each([
  ['no such code', { code: 'nothing' }, 400, 'invalid_grant', 'Invalid authorization code'],
  ['another address', { redirect_uri: 'https://app.example.com/login' }, 400, 'invalid_grant', 'Redirect URI mismatch'],
  ['an unknown client', { client_id: 'nobody' }, 403, 'invalid_client', 'Client ID mismatch'],
  ['a wrong secret', { client_secret: 'still encrypted' }, 403, 'invalid_client', 'Bad client credentials'],
  ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', expect.any(String)],
  ['an empty code', { code: '' }, 400, 'invalid_request', expect.stringContaining('code')],
])('a token call with %s is refused, and the code stays good', async (_, changes, status, error, description) => {
  const seller = await readyToLogIn();
  const form = { grant_type: 'authorization_code', ...seller.client, code: await codeOf(seller) };
  const refused = await token(seller.market, { ...form, ...changes });
  expect(refused).toMatchObject({ status, body: { error, error_description: description } });
  expect(JSON.stringify(refused.body)).not.toContain(seller.client.client_secret);
  expect((await token(seller.market, form)).status).toBe(200);
});

test('an unknown refresh token is refused', async () => {
  const seller = await readyToLogIn();
  const form = { grant_type: 'refresh_token', ...seller.client, refresh_token: 'nothing' };
  expect(await token(seller.market, form)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Invalid refresh token' },
  });
});

test('what one application was given is of no use to another', async () => {
  const seller = await readyToLogIn();
  const { market } = seller;
  const code = await codeOf(seller);
  await market.control.applyForApplication({
    body: { name: 'Other', loginUrl: 'https://other.example.com/', publicKey: seller.application.publicKey },
  });
  const told = kitCalls(market, 'applicationSync')[1]?.message ?? {};
  const other = { client_id: String(told['clientId']), client_secret: decrypted(told['clientSecret']) };
  expect(await token(market, { grant_type: 'authorization_code', ...other, code })).toMatchObject({
    status: 403,
    body: { error_description: 'Client ID mismatch' },
  });
  const { body } = await token(market, { grant_type: 'authorization_code', ...seller.client, code });
  const refresh_token = String(body['refresh_token']);
  expect(await token(market, { grant_type: 'refresh_token', ...other, refresh_token })).toMatchObject({ status: 400 });
});

test.each([['no header'], ['Basic abc'], ['Bearer nothing'], ['Bearer']])(
  'user information for %s is a 401',
  async (authorization) => {
    const { market } = await jointMarket();
    const headers = authorization === 'no header' ? {} : { Authorization: authorization };
    const response = await fetch(market.url + kitLoginApi.userInfo.path, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: 'unauthorized',
      error_description: 'Full authentication is required to access this resource',
    });
  },
);

test('a session with one enterprise opens no client of another', async () => {
  const { market, application } = await jointMarket();
  const authorized = async (customer: string) => {
    const { tenantId } = await joined(market, customer);
    const body = { change: 'authorize' as const, users: [{ userName: 'zhang' }] };
    const [user] = ok(await market.control.changeUsers({ params: { tenantId }, body })).users;
    const clientId = ok(await market.control.tenant({ params: { tenantId } })).applications[0]?.clientId ?? '';
    return { tenant: tenantId, account: 'zhang', password: user?.password ?? '', clientId };
  };
  const [mine, theirs] = [await authorized('customer-v0'), await authorized('customer-v1')];
  const user = browser(market.url);
  await user.logIn(application.unifiedLogin, mine);
  expect(brought(await user.get(authorizing(market.url, mine.clientId)))['code']).toEqual(expect.any(String));
  const other = await user.get(authorizing(market.url, theirs.clientId));
  expect(other.location).toMatch(/^\/unified-login\//);
});

test('tokens are not stored by caches', async () => {
  const seller = await readyToLogIn();
  const { headers } = await token(seller.market, {
    grant_type: 'authorization_code',
    ...seller.client,
    code: await codeOf(seller),
  });
  expect(headers.get('cache-control')).toBe('no-store');
});
