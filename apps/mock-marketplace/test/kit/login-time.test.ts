import { kitLoginApi } from '@koobridge/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { advance, ok } from '../running-market.ts';
import { brought, browser } from './browser.ts';
import { decrypted, jointMarket, kitCalls } from './kit-market.ts';

/** What a login gives out ends in real time, whatever the life-cycle clock says (R23). */

const start = Date.UTC(2027, 0, 1);
const later = (seconds: number): void => void vi.setSystemTime(start + seconds * 1000);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: start }));
afterEach(() => void vi.useRealTimers());

async function ready() {
  const { market, application } = await jointMarket();
  const made = ok(await market.control.applyForTestAccount({ params: { appId: application.appId }, body: {} }));
  const told = kitCalls(market, 'applicationSync')[0]?.message ?? {};
  const client = { client_id: String(told['clientId']), client_secret: decrypted(told['clientSecret']) };
  const filledIn = { tenant: made.tenantId, account: made.account, password: made.password };
  const post = async (form: Record<string, string>) => {
    const body = new URLSearchParams({ ...client, ...form });
    const response = await fetch(market.url + kitLoginApi.token.path, { method: 'POST', body });
    const answer: Record<string, unknown> = Object(await response.json());
    return { status: response.status, answer };
  };
  const logIn = (password = made.password) =>
    browser(market.url).logIn(application.unifiedLogin, { ...filledIn, password });
  const byCode = async () => post({ grant_type: 'authorization_code', code: brought(await logIn())['code'] ?? '' });
  const userInfo = async (token: unknown) =>
    (await fetch(market.url + kitLoginApi.userInfo.path, { headers: { Authorization: `Bearer ${token}` } })).status;
  return { market, application, filledIn, post, logIn, byCode, userInfo };
}

test('a code is good for five minutes', async () => {
  const { post, logIn } = await ready();
  const [first, second] = [brought(await logIn())['code'] ?? '', brought(await logIn())['code'] ?? ''];
  later(299);
  expect((await post({ grant_type: 'authorization_code', code: first })).status).toBe(200);
  later(300);
  expect((await post({ grant_type: 'authorization_code', code: second })).status).toBe(400);
});

test('an access token is good for two hours, a refresh token for thirty days', async () => {
  const { post, byCode, userInfo } = await ready();
  const { answer } = await byCode();
  const refresh = { grant_type: 'refresh_token', refresh_token: String(answer['refresh_token']) };
  later(7199);
  expect(await userInfo(answer['access_token'])).toBe(200);
  later(7200);
  expect(await userInfo(answer['access_token'])).toBe(401);
  const renewed = await post(refresh);
  expect(await userInfo(renewed.answer['access_token'])).toBe(200);
  later(30 * 86_400 - 1);
  expect((await post(refresh)).status).toBe(200);
  later(30 * 86_400);
  expect((await post(refresh)).status).toBe(400);
});

test('the life-cycle clock ends none of them', async () => {
  const { market, byCode, userInfo } = await ready();
  const { answer } = await byCode();
  await advance(market, 'P1Y');
  expect(await userInfo(answer['access_token'])).toBe(200);
});

test('the browser has to log in again after two hours', async () => {
  const { market, application, filledIn } = await ready();
  const user = browser(market.url);
  await user.logIn(application.unifiedLogin, filledIn);
  later(7199);
  expect((await user.get(application.unifiedLogin)).status).toBe(302);
  later(7200);
  expect((await user.get(application.unifiedLogin)).status).toBe(200);
});

test('ten wrong passwords lock an account for a quarter of an hour, also for the right one', async () => {
  const { logIn } = await ready();
  for (let guess = 0; guess < 9; guess += 1) expect((await logIn('wrong')).status).toBe(401);
  expect((await logIn()).status).toBe(302);
  for (let guess = 0; guess < 10; guess += 1) expect((await logIn('wrong')).status).toBe(401);
  expect((await logIn()).status).toBe(429);
  later(899);
  expect((await logIn()).status).toBe(429);
  later(900);
  expect((await logIn()).status).toBe(302);
});

test('an account that there is not looks like a wrong password', async () => {
  const { market, application, filledIn } = await ready();
  const guesses = [{ account: 'nobody' }, { tenant: 'nothing' }, { password: 'wrong' }];
  const texts = await Promise.all(
    guesses.map(async (guess) => {
      const { status, text } = await browser(market.url).logIn(application.unifiedLogin, { ...filledIn, ...guess });
      return [status, /role="alert">([^<]+)/.exec(text)?.[1]];
    }),
  );
  expect(new Set(texts.map(String)).size).toBe(1);
  expect(texts[0]?.[0]).toBe(401);
});

test('whoever logs in again and again holds a bounded number of tokens, the newest', async () => {
  const { byCode, post, userInfo } = await ready();
  const first = (await byCode()).answer;
  const refresh = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
  let last = first;
  for (let time = 0; time < 50; time += 1) last = (await post(refresh)).answer;
  expect(await userInfo(first['access_token'])).toBe(401);
  expect(await userInfo(last['access_token'])).toBe(200);
});
