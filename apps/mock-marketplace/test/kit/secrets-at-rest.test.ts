import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kitLoginApi } from '@koobridge/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { ok, startMarket } from '../running-market.ts';
import { brought, browser } from './browser.ts';
import { applied, decrypted, joined, kitCalls, sellWith } from './kit-market.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kit-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('no secret, password, code or token of the Kit is in the files, and all of it works after a restart', async () => {
  const path = folder();
  const settings = { DATABASE_URL: `sqlite:${join(path, 'market.db')}` };
  const market = await startMarket(settings);
  const application = await applied(market);
  const { appId } = application;
  await sellWith(market, appId);
  const { tenantId } = await joined(market);
  const made = ok(await market.control.applyForTestAccount({ params: { appId }, body: {} }));
  const body = { change: 'authorize' as const, users: [{ userName: 'zhang' }] };
  const [user] = ok(await market.control.changeUsers({ params: { tenantId }, body })).users;
  const told = kitCalls(market, 'applicationSync')[0]?.message ?? {};
  const client = { client_id: String(told['clientId']), client_secret: decrypted(told['clientSecret']) };
  const filledIn = { tenant: made.tenantId, account: made.account, password: made.password };
  const logIn = async (url: string) => brought(await browser(url).logIn(application.unifiedLogin, filledIn));
  const [used, unused] = [await logIn(market.url), await logIn(market.url)];
  const token = async (url: string, form: Record<string, string>) => {
    const response = await fetch(url + kitLoginApi.token.path, {
      method: 'POST',
      body: new URLSearchParams({ ...client, ...form }),
    });
    const answer: Record<string, unknown> = Object(await response.json());
    return { status: response.status, answer };
  };
  const { answer } = await token(market.url, { grant_type: 'authorization_code', code: used['code'] ?? '' });

  await market.stop();
  const files = readdirSync(path).map((name) => readFileSync(join(path, name)));
  expect(files.length).toBeGreaterThan(0);
  const secrets = [
    application.secret,
    client.client_secret,
    made.password,
    user?.password,
    used['code'],
    unused['code'],
    answer['access_token'],
    answer['refresh_token'],
  ];
  for (const secret of secrets) {
    expect(secret).toEqual(expect.stringMatching(/^[\w-]{32}$/));
    for (const file of files) expect(file.includes(String(secret))).toBe(false);
  }

  const again = await startMarket(settings, market.seller);
  expect((await token(again.url, { grant_type: 'authorization_code', code: unused['code'] ?? '' })).status).toBe(200);
  const refresh_token = String(answer['refresh_token']);
  expect((await token(again.url, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
  expect(ok(await again.control.tenant({ params: { tenantId } })).bindings).toMatchObject([{ step: 'BOUND' }]);
  await again.stop();
});
