import { expect, test } from 'vitest';
import { ok } from '../running-market.ts';
import { authorizing, browser } from './browser.ts';
import { jointMarket, kitCalls } from './kit-market.ts';

const clientIn = async (form: Parameters<typeof jointMarket>[0] = {}) => {
  const { market, application } = await jointMarket(form);
  const clientId = String(kitCalls(market, 'applicationSync')[0]?.message['clientId']);
  return { market, application, clientId };
};

test.each([
  'https://evil.example.com/',
  'https://app.example.com/login',
  'https://app.example.com/login?appId=mine&more=1',
  'https://app.example.com.evil.example.com/login?appId=mine',
  'javascript:alert(1)',
  '//evil.example.com',
])('a browser is not sent to %s, and nobody logs in for it', async (redirectUri) => {
  const { market, clientId } = await clientIn();
  const visit = await browser(market.url).get(authorizing(market.url, clientId, 'x', redirectUri));
  expect(visit).toMatchObject({ status: 400, location: '' });
  const page = `/unified-login/portal-login?client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}`;
  expect(await browser(market.url).get(page)).toMatchObject({ status: 400, location: '' });
});

test.each(['client_id=nobody', 'state=%3Cscript%3E', 'response_type=token'])(
  'authorize with %s is refused',
  async (change) => {
    const { market, clientId } = await clientIn();
    const url = new URL(authorizing(market.url, clientId));
    const [name = '', value = ''] = change.split('=');
    url.searchParams.set(name, decodeURIComponent(value));
    const visit = await browser(market.url).get(url.href);
    expect(visit).toMatchObject({ status: 400, location: '' });
    expect(visit.text).not.toContain('<script>');
  },
);

test.each([
  'https://evil.example.com/',
  'https://user:secret@app.example.com/',
  'http://app.example.com/',
  '//evil.example.com/',
  '/\\evil.example.com',
  'javascript:alert(1)',
  'https://app.example.com.evil.example.com/',
])('neither logout leads to %s', async (target) => {
  const { market } = await clientIn();
  for (const end of [`/api/v1/logout?redirect_url=`, `/api/v1/cas/logout?service=`]) {
    const visit = await browser(market.url).get(end + encodeURIComponent(target));
    expect(visit).toMatchObject({ status: 302, location: '/unified-login/portal-login' });
  }
});

test('without a target the logout leads to the login page', async () => {
  const { market } = await clientIn();
  const visit = await browser(market.url).get('/api/v1/logout');
  expect(visit).toMatchObject({ status: 302, location: '/unified-login/portal-login' });
});

test('the login page is self-contained, escapes what it shows, and cannot be framed', async () => {
  const { market, application } = await clientIn({ name: '<b>&"mine"' });
  const page = await browser(market.url).get(application.unifiedLogin);
  expect(page.text).toContain('Log in to &lt;b&gt;&amp;&quot;mine&quot;');
  expect(page.text).not.toMatch(/<script|<link|<img|src=|javascript:/);
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("form-action 'self' https://app.example.com");
});

test('the page that asks for the application does not keep a browser from going on to it', async () => {
  const { market } = await clientIn();
  const page = await browser(market.url).get('/unified-login/');
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('form-action');
});

test('a form of another site is not taken', async () => {
  const { market, application } = await clientIn();
  const account = ok(await market.control.applyForTestAccount({ params: { appId: application.appId }, body: {} }));
  const response = await fetch(`${market.url}/unified-login/portal-login`, {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'cross-site' },
    redirect: 'manual',
    body: new URLSearchParams({
      appId: application.appId,
      tenant: account.tenantId,
      account: account.account,
      password: account.password,
    }),
  });
  expect(response.status).toBe(403);
});

test('an unknown application is no page to log in to', async () => {
  const { market } = await clientIn();
  const visit = await browser(market.url).get('/unified-login/portal-login?ind=UNOP&appId=none');
  expect(visit.status).toBe(400);
  expect(visit.text).not.toContain('password');
});
