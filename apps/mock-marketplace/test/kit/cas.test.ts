import { type CasTicket, CasValidation, casValidateUrl, kitOrigin } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { ok } from '../running-market.ts';
import { brought, browser } from './browser.ts';
import { jointMarket, loginUrl } from './kit-market.ts';

/** An application that was adapted to CAS, with the ticket of one login. */
async function ticketed() {
  const { market, application } = await jointMarket({ loginProtocol: 'CAS' });
  const { appId } = application;
  const made = ok(await market.control.applyForTestAccount({ params: { appId }, body: {} }));
  const filledIn = { tenant: made.tenantId, account: made.account, password: made.password };
  const { ticket = '', ...rest } = brought(await browser(market.url).logIn(application.unifiedLogin, filledIn));
  const ask = async (question: Partial<CasTicket> = {}) => {
    const origin = kitOrigin(market.url);
    if (origin === undefined) throw new Error('no origin');
    const response = await fetch(casValidateUrl(origin, { service: loginUrl, ticket, ...question }));
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  return { market, made, ticket, rest, ask };
}

test('the login brings a ticket and the tenant, and the ticket tells who it was, in JSON', async () => {
  const { made, ticket, rest, ask } = await ticketed();
  expect(ticket).toMatch(/^ST-[\w-]{32}$/);
  expect(rest).toEqual({ tenant: made.tenantId });
  const { status, type, text } = await ask();
  expect([status, type]).toEqual([200, 'application/json; charset=utf-8']);
  expect(CasValidation.parse(JSON.parse(text))).toEqual({
    serviceResponse: {
      authenticationSuccess: {
        user: made.account,
        attributes: {
          authenticationDate: expect.stringMatching(/^\d{4}-/),
          longTermAuthenticationRequestTokenUsed: false,
          isFromNewLogin: true,
          role: 'admin',
          organizationCode: '10000',
          name: 'Test account',
          userName: made.account,
          tenant: made.tenantId,
        },
      },
    },
  });
});

test('in XML, with the tenant behind the service as in the page’s example, and what users are called escaped', async () => {
  const { market, made, ask } = await ticketed();
  const users = [{ userName: made.account, name: '<张> & "co"' }];
  ok(await market.control.changeUsers({ params: { tenantId: made.tenantId }, body: { change: 'modify', users } }));
  const { type, text } = await ask({ service: `${loginUrl}&tenant=${made.tenantId}`, format: 'XML' });
  expect(type).toBe('application/xml; charset=utf-8');
  expect(text).toMatch(
    /^<cas:serviceResponse xmlns:cas="http:\/\/www\.yale\.edu\/tp\/cas"><cas:authenticationSuccess>/,
  );
  expect(text).toContain(`<cas:user>${made.account}</cas:user>`);
  expect(text).toContain('<cas:name>&lt;张&gt; &amp; &quot;co&quot;</cas:name>');
  expect(text).toContain(`<cas:tenant>${made.tenantId}</cas:tenant>`);
});

test('a ticket is good for one question', async () => {
  const { ask } = await ticketed();
  await ask();
  const { status, text } = await ask();
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ serviceResponse: { authenticationFailure: { code: 'INVALID_TICKET' } } });
  expect((await ask({ format: 'XML' })).text).toContain('<cas:authenticationFailure code="INVALID_TICKET">');
});

test.each(['https://evil.example.com/', `${loginUrl}&tenant=another`, `${loginUrl}/`])(
  'a ticket for the service %s tells nothing, now or later',
  async (service) => {
    const { made, ask } = await ticketed();
    expect((await ask({ service })).text).not.toContain(made.account);
    expect((await ask()).text).not.toContain(made.account);
  },
);

test('a code is no ticket, and a ticket no code', async () => {
  const { market, application } = await jointMarket();
  const made = ok(await market.control.applyForTestAccount({ params: { appId: application.appId }, body: {} }));
  const filledIn = { tenant: made.tenantId, account: made.account, password: made.password };
  const { code = '' } = brought(await browser(market.url).logIn(application.unifiedLogin, filledIn));
  const url = `${market.url}/api/v1/cas/p3/serviceValidate?service=${encodeURIComponent(loginUrl)}&ticket=${code}`;
  expect(await (await fetch(url)).text()).toContain('INVALID_TICKET');
});

test.each(['', 'service=x', 'ticket=x', 'service=x&ticket=y&format=YAML', 'service=x&service=x&ticket=y'])(
  'the question %j is a 400',
  async (query) => {
    const { market } = await jointMarket();
    const response = await fetch(`${market.url}/api/v1/cas/p3/serviceValidate?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  },
);
