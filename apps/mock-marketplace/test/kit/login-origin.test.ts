import { expect, test } from 'vitest';
import { readSettings } from '../../src/settings.ts';
import { startMarket } from '../running-market.ts';
import { applied, kitCalls } from './kit-market.ts';

test('where the marketplace listens is the domain of every tenant, unless another origin is told', async () => {
  const here = await startMarket();
  await applied(here);
  expect(kitCalls(here, 'tenantSync')[0]?.message['domainName']).toBe(here.url);

  const there = await startMarket({ LOGIN_ORIGIN: 'https://login.example.com/' });
  const application = await applied(there);
  expect(kitCalls(there, 'tenantSync')[0]?.message['domainName']).toBe('https://login.example.com');
  expect(application.unifiedLogin).toMatch(/^https:\/\/login\.example\.com\/unified-login\//);
});

test('a marketplace that listens everywhere names an address that can be called', async () => {
  const market = await startMarket({ HOST: '0.0.0.0' });
  await applied(market);
  expect(kitCalls(market, 'tenantSync')[0]?.message['domainName']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test.each([
  'login.example.com',
  'ftp://login.example.com',
  'https://login.example.com/path',
  'https://me@login.example.com',
])('%s is no origin', (origin) => {
  const reading = readSettings({ KOOBRIDGE_KEYS: '{"kit":[{"id":"k","secret":"s"}]}', LOGIN_ORIGIN: origin });
  expect(reading).toMatchObject({ ok: false, errors: [expect.stringMatching(/^LOGIN_ORIGIN: /)] });
});
