import { expect, test } from 'vitest';
import { advance, bought, messagesOf, ok, startMarket } from './running-market.ts';
import { licenseKey } from './stub-seller.ts';

test('every callback is a POST of compact, alphabetical JSON with a token that verifies (R1–R4)', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.renew({ params: { code }, body: { period: 'month' } }));
  await advance(market, 'P3Y');
  expect(market.seller.calls).toHaveLength(3);
  for (const call of market.seller.calls) {
    expect(call.method).toBe('POST');
    expect(call.path).toBe('/production');
    expect(call.headers['content-type']).toBe('application/json;charset=utf8');
    expect(call.headers['accept']).toBe('application/json');
    expect(call.body).toBe(JSON.stringify(call.message, Object.keys(call.message).sort()));
    expect(call.token).toMatchObject({ ok: true, reading: 'raw' });
  }
});

test('the first key of the class signs, and token timestamps are real time wherever the clock stands (R23)', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.moveClock({ body: { advance: 'P5Y' } }));
  const [token] = market.seller.calls.map((call) => call.token);
  expect(token).toMatchObject({ ok: true, keyId: licenseKey.id });
  const [message] = await messagesOf(market, code);
  const sentAt = Date.parse(message?.attempts[0]?.sentAt ?? '');
  expect(Math.abs(sentAt - Date.now())).toBeLessThan(10_000);
});

test('a message keeps what was signed, sent, answered and judged, and no key', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.renew({ params: { code }, body: {} }));
  const [message] = await messagesOf(market, code);
  const [call] = market.seller.calls;
  expect(message).toMatchObject({
    activity: 'refreshLicenseCode',
    command: 'RENEWAL',
    license: code,
    status: 'SUCCEEDED',
    retries: { done: 0, limit: 60, nextAt: null },
    attempts: [
      {
        number: 1,
        cause: 'first',
        state: 'SUCCEEDED',
        signed: { payload: call?.body },
        sent: { method: 'POST', url: `${market.seller.address}?${call?.query}`, body: call?.body },
        answer: {
          status: 200,
          contentType: 'application/json',
          body: '{"resultCode":"000000","resultMsg":"said."}',
          bytes: 43,
        },
        verdict: { succeeded: true, resultCode: '000000', rule: null, reason: null },
      },
    ],
  });
  expect(message?.attempts[0]?.durationMs).toBeGreaterThanOrEqual(0);
  expect(JSON.stringify(message)).not.toContain(licenseKey.secret);
});
