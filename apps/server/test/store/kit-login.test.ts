import { KitTokenRequest } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { secret } from '../credentials.ts';
import { kitKeyPair } from '../kit/key-pair.ts';
import { application, tenant } from '../kit/messages.ts';
import { kitStore } from '../kit/store.ts';
import { type Seller, startSeller } from '../seller.ts';
import { type Heard, nowhere, startStandIn, type Told } from './http-stand-in.ts';

const pair = kitKeyPair();
/** With what a form has to escape. */
const clientSecret = `${secret()}+&=%密`;
const accessToken = secret();
const tokenAnswer = {
  access_token: accessToken,
  token_type: 'Bearer',
  expires_in: 7200,
  scope: 'get_user_info',
  refresh_token: 'refresh-1',
};
const user = { id: 'u-1', userName: 'ada', name: 'Ada', tenant: 'T-1', organizationCode: '10000', role: 'user' };
const tokenPath = '/api/v1/oauth2/token';
const userPath = '/api/v1/oauth2/userinfo';

/** The login of one tenant, as its domain answers by path. */
function startDomain(answers: Readonly<Record<string, Told>> = {}) {
  const told: Readonly<Record<string, Told>> = { [tokenPath]: [200, tokenAnswer], [userPath]: [200, user], ...answers };
  return startStandIn(({ target }) => told[target] ?? notFound);
}

const notFound: Told = [404, {}];
const formOf = ({ body }: Heard) => Object.fromEntries(new URLSearchParams(body.toString()));

/** A seller that was told of tenant T-1 at a domain, and of its application app-1. */
async function sellerOf(domainName: string) {
  const seller = await startSeller({ environment: { KIT_PRIVATE_KEY: pair.pem }, timing: { storeMs: 1_000 } });
  await tell(seller, { domainName });
  return { seller, ...calling(seller) };
}

/** The store tells of the tenant and the application for one instance. */
async function tell(
  seller: Seller,
  { domainName = 'https://acme.example', instanceId = 'I-1', clientId = 'client-1' },
) {
  const { send } = kitStore(seller);
  seller.clock.now += 1;
  const answers = [
    await send('tenantSync', tenant('T-1', { instanceId, domainName })),
    await send('applicationSync', application('T-1', pair.encrypt(clientSecret), { instanceId, clientId })),
  ];
  expect(answers.map(({ resultCode }) => resultCode)).toEqual(['000000', '000000']);
}

function calling(seller: Seller) {
  const call = async (method: string, path: string, body?: object, token = seller.config.adminToken) => {
    const response = await fetch(`${seller.url}/admin/tenants/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(text).not.toContain(clientSecret);
    expect(text).not.toContain(JSON.stringify(clientSecret).slice(1, -1));
    return { status: response.status, body: JSON.parse(text) };
  };
  return {
    call,
    login: (more: object = {}) => call('POST', 'T-1/applications/app-1/login', { code: 'code-1', ...more }),
    refresh: (more: object = {}) =>
      call('POST', 'T-1/applications/app-1/refresh', { refreshToken: 'refresh-1', ...more }),
    urls: (query = '') => call('GET', `T-1/applications/app-1/login-url${query}`),
  };
}

describe('a login', () => {
  test('exchanges the code for tokens with the client’s secret, and asks who it is', async () => {
    const domain = await startDomain();
    const { login } = await sellerOf(domain.url);
    expect(await login({ redirectUri: 'https://seller.example/back?a=b' })).toEqual({
      status: 200,
      body: { user, accessToken, expiresIn: 7200, refreshToken: 'refresh-1' },
    });
    const [token, info] = domain.heard;
    expect(domain.heard).toMatchObject([
      { method: 'POST', target: tokenPath, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { method: 'GET', target: userPath, headers: { accept: 'application/json' } },
    ]);
    expect(token && KitTokenRequest.parse(formOf(token))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client-1',
      client_secret: clientSecret,
      code: 'code-1',
      redirect_uri: 'https://seller.example/back?a=b',
    });
    expect(info?.headers['authorization']).toBe(`Bearer ${accessToken}`);
  });

  test('leaves out what was not given on either side', async () => {
    const { refresh_token: _, ...shorter } = tokenAnswer;
    const domain = await startDomain({ [tokenPath]: [200, shorter] });
    const { login } = await sellerOf(`${domain.url}/`);
    expect(await login()).toEqual({ status: 200, body: { user, accessToken, expiresIn: 7200 } });
    expect(domain.heard[0] && formOf(domain.heard[0])).not.toHaveProperty('redirect_uri');
  });
});

test('a refresh exchanges the refresh token', async () => {
  const domain = await startDomain({ [tokenPath]: [200, { ...tokenAnswer, refresh_token: 'refresh-2' }] });
  const { refresh } = await sellerOf(domain.url);
  expect(await refresh()).toEqual({ status: 200, body: { accessToken, expiresIn: 7200, refreshToken: 'refresh-2' } });
  expect(domain.heard.map(formOf)).toEqual([
    { grant_type: 'refresh_token', client_id: 'client-1', client_secret: clientSecret, refresh_token: 'refresh-1' },
  ]);
});

describe('of several instances', () => {
  test('the one that changed last is taken, unless another is named', async () => {
    const [first, second] = [await startDomain(), await startDomain()];
    const { seller, login } = await sellerOf(first.url);
    await tell(seller, { domainName: second.url, instanceId: 'I-0', clientId: 'client-0' });
    await login();
    expect([first.heard.length, second.heard.length]).toEqual([0, 2]);
    expect(second.heard[0] && formOf(second.heard[0])).toMatchObject({ client_id: 'client-0' });
    await login({ instanceId: 'I-1' });
    expect([first.heard.length, second.heard.length]).toEqual([2, 2]);
    expect(first.heard[0] && formOf(first.heard[0])).toMatchObject({ client_id: 'client-1' });
    expect(await login({ instanceId: 'I-2' })).toMatchObject({ status: 404 });
  });
});

describe('what is not known', () => {
  test.each(['T-2/applications/app-1', 'T-1/applications/app-2'])('%s', async (path) => {
    const { call } = await sellerOf('https://acme.example');
    for (const answer of [
      await call('POST', `${path}/login`, { code: 'c' }),
      await call('POST', `${path}/refresh`, { refreshToken: 'r' }),
      await call('GET', `${path}/login-url`),
    ]) {
      expect(answer).toEqual({ status: 404, body: { error: expect.stringContaining(path.slice(0, 3)) } });
    }
  });

  test.each(['tenantSync', 'applicationSync'] as const)('any longer, after %s deleted it', async (name) => {
    const { seller, login } = await sellerOf('https://acme.example');
    seller.clock.now += 1;
    const message = name === 'tenantSync' ? tenant('T-1', { flag: 0 }) : application('T-1', 'x', { flag: 0 });
    expect(await kitStore(seller).send(name, { ...message, instanceId: 'I-1' })).toMatchObject({
      resultCode: '000000',
    });
    expect(await login()).toMatchObject({ status: 404 });
  });
});

describe('a refusal of the platform', () => {
  test.each([
    [400, 'invalid_grant', 'Invalid authorization code'],
    [401, 'invalid_client', 'Bad client credentials'],
    [403, 'invalid_client', 'Client ID mismatch'],
    [200, 'invalid_grant', 'Invalid refresh token'],
  ])('HTTP %i with %s is told in its words', async (status, error, description) => {
    const domain = await startDomain({ [tokenPath]: [status, { error, error_description: description }] });
    const { login, refresh } = await sellerOf(domain.url);
    expect(await login()).toEqual({ status: 422, body: { error, description } });
    expect(await refresh()).toEqual({ status: 422, body: { error, description } });
    expect(domain.heard.map(({ target }) => target)).toEqual([tokenPath, tokenPath]);
  });

  test('of the access token', async () => {
    const domain = await startDomain({ [userPath]: [401, { error: 'unauthorized' }] });
    const { login } = await sellerOf(domain.url);
    expect(await login()).toEqual({ status: 422, body: { error: 'unauthorized' } });
  });

  test('that quotes the secret does not make us tell it', async () => {
    const told = { error: 'invalid_client', error_description: `Bad secret ${clientSecret}` };
    const domain = await startDomain({ [tokenPath]: [401, told] });
    const { login } = await sellerOf(domain.url);
    expect(await login()).toEqual({ status: 422, body: { error: 'invalid_client', description: 'Bad secret ***' } });
  });
});

describe('a platform that gives nothing of use is 502', () => {
  const large: Told = (response) => response.end(JSON.stringify({ ...tokenAnswer, x: 'x'.repeat(1_048_576) }));

  test.each<[string, Told, RegExp]>([
    ['no JSON', (response) => response.end(`<html>${accessToken}`), /not as documented/],
    ['no token', [200, { token_type: 'Bearer', expires_in: 1 }], /not as documented/],
    ['a token that is no header', [200, { ...tokenAnswer, access_token: `a\r\n${accessToken}` }], /in a header/],
    ['HTTP 403 alone', (response) => response.writeHead(403).end(), /HTTP 403: .*client id/],
    ['HTTP 500 with an error', [500, { error: 'server_error' }], /HTTP 500/],
    ['more than 1 MiB', large, /larger than/],
    ['nothing in time', () => undefined, /could not be asked: .*time/],
    ['a broken connection', (response) => response.destroy(), /could not be asked/],
  ])('%s', async (_, told, problem) => {
    const domain = await startDomain({ [tokenPath]: told });
    const { login } = await sellerOf(domain.url);
    const answer = await login();
    expect(answer).toEqual({ status: 502, body: { error: expect.stringMatching(problem) } });
    expect(answer.body.error).not.toContain(accessToken);
  });

  test('a user without a name', async () => {
    const domain = await startDomain({ [userPath]: [200, { id: 'u-1' }] });
    const { login } = await sellerOf(domain.url);
    expect(await login()).toMatchObject({ status: 502, body: { error: expect.stringMatching(/not as documented/) } });
  });

  test.each([tokenPath, userPath])('a redirect of %s is not followed', async (path) => {
    const thief = await startDomain();
    const domain = await startDomain({
      [path]: (response) => response.writeHead(307, { Location: `${thief.url}${path}` }).end(),
    });
    const { login } = await sellerOf(domain.url);
    expect(await login()).toEqual({ status: 502, body: { error: 'the platform answered HTTP 307' } });
    expect(thief.heard).toEqual([]);
  });

  test('one that is not there', async () => {
    const { refresh } = await sellerOf(nowhere);
    expect(await refresh()).toMatchObject({
      status: 502,
      body: { error: expect.stringMatching(/could not be asked/) },
    });
  });

  test.each([
    'http://acme.example',
    'http://127.0.0.1.acme.example',
    'https://a@acme.example',
    'https://acme.example/x',
  ])('the secret is not sent to %s', async (domainName) => {
    const { login, refresh, urls } = await sellerOf(domainName);
    for (const answer of [await login(), await refresh(), await urls()]) {
      expect(answer).toEqual({ status: 502, body: { error: expect.stringMatching(/domainName .* no https address/) } });
    }
  });
});

describe('the addresses for the browser', () => {
  test.each(['https://acme.example', 'acme.example'])('on %s', async (domainName) => {
    const { urls } = await sellerOf(domainName);
    const query = new URLSearchParams({ redirectUri: 'https://seller.example/back', state: 's1' });
    expect(await urls(`?${query}`)).toEqual({
      status: 200,
      body: {
        loginUrl: 'https://macroverse.huaweicloud.com/unified-login/#/portal-login?ind=UNOP&appId=app-1',
        authorizeUrl:
          'https://acme.example/api/v1/oauth2/authorize?response_type=code&client_id=client-1&redirect_uri=https%3A%2F%2Fseller.example%2Fback&state=s1',
      },
    });
  });

  test('without a callback there is only the store’s page, and a state is letters and digits', async () => {
    const { urls } = await sellerOf('https://acme.example');
    expect(await urls()).toMatchObject({ status: 200, body: { authorizeUrl: null } });
    expect(await urls('?state=a%26b')).toMatchObject({ status: 400 });
  });
});

test('nothing is sent without the token of the admin API, nor for a body that is none', async () => {
  const domain = await startDomain();
  const { call, login } = await sellerOf(domain.url);
  expect(await call('POST', 'T-1/applications/app-1/login', { code: 'c' }, secret())).toMatchObject({ status: 401 });
  expect(await login({ code: '' })).toMatchObject({ status: 400 });
  expect(await login({ code: 'x'.repeat(2_000_000) })).toMatchObject({ status: 400 });
  expect(domain.heard).toEqual([]);
});
