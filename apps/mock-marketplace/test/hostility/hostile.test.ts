import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keyClassOf, verifyToken } from '@koobridge/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { advance, bought, messagesOf, ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import { infoOf, says, sellerKeys, startSeller, takesIt } from '../stub-seller.ts';

/** What a rough store does, and what it finds out about sellers that trust it. */

/** A year of some business. */
async function year(market: RunningMarket): Promise<void> {
  for (let count = 0; count < 6; count += 1) {
    const { license } = await bought(market, 'license-monthly', 'V5');
    ok(await market.control.autoRenew({ params: { code: license }, body: { on: true } }));
    const { id } = await ordered(market, { product: 'saas-announced-monthly', customerLevel: 'V5' });
    ok(await market.control.autoRenewInstance({ params: { id }, body: { on: true } }));
  }
  await advance(market, 'P1Y');
}

const report = async (market: RunningMarket) => ok(await market.control.hostility());

/** A seller's server that checks signatures but neither the age of a token nor its nonce, as the public samples do. */
async function trusting(checks: (query: string, body: Buffer) => boolean) {
  const server = createServer((request, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (!checks((request.url ?? '').split('?')[1] ?? '', body)) return says(response, '000001', 'token is invalid');
      const { activity, orderId, instanceId }: Record<string, string> = JSON.parse(body.toString());
      if (activity === 'newInstance') return says(response, '000000', '', { instanceId: `of-${orderId}` });
      if (activity === 'queryInstance') return says(response, '000000', '', { info: infoOf(instanceId ?? '') });
      says(response, '000000');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo; // a TCP server has an address that is an object once it listens
  return `http://127.0.0.1:${port}/production`;
}

const signedAtAll = (query: string, body: Buffer): boolean => {
  const timestamp = new URLSearchParams(query).get('timestamp');
  const keys = sellerKeys[keyClassOf(body.toString()) ?? 'kit'];
  return timestamp !== null && verifyToken({ query, body, keys, now: Number(timestamp) }).ok;
};

test('a calm store makes each call once', async () => {
  const market = await startMarket();
  await year(market);
  expect(await report(market)).toMatchObject({ profile: 'calm', tried: [], findings: [] });
  const messages = ok(await market.control.messages({ query: {} }));
  expect(messages.every(({ attempts }) => attempts.length === 1)).toBe(true);
});

test('a store-like one repeats what was taken, looks, and lets renewals be overtaken', async () => {
  const market = await startMarket({ PROFILE: 'store-like', SEED: 'rough' });
  await year(market);
  const { tried, findings } = await report(market);
  expect(findings).toEqual([]);
  expect(tried).toEqual([{ kind: 'repeated', sent: expect.any(Number), wrong: 0 }]);
  expect(tried[0]?.sent).toBeGreaterThan(20);
  const messages = ok(await market.control.messages({ query: {} }));
  const causes = new Set(messages.flatMap(({ attempts }) => attempts.map(({ cause }) => cause)));
  expect(causes).toEqual(new Set(['first', 'held', 'repeat']));
  expect(messages.filter(({ activity }) => activity === 'queryInstance').length).toBeGreaterThan(6);
  expect(messages.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
});

test('repeats that a seller refuses are found', async () => {
  const market = await startMarket({ PROFILE: 'store-like', SEED: 'rough' });
  const seen = new Set<string>();
  market.seller.answer((response, call, index) => {
    const { activity, orderId, scene } = call.message;
    const key = `${activity} ${orderId} ${scene}`;
    if (activity === 'newInstance' && seen.has(key)) return says(response, '000105', 'bought already');
    seen.add(key);
    takesIt(response, call, index);
  });
  for (let count = 0; count < 12; count += 1) await ordered(market, { product: 'saas-monthly' });
  await advance(market, 'PT2H');
  const { tried, findings } = await report(market);
  expect(tried[0]?.wrong).toBeGreaterThan(0);
  expect(findings[0]).toMatchObject({ kind: 'repeated', reason: expect.stringContaining('000105') });
});

test('a hostile one finds what a seller takes that it must refuse', async () => {
  const careless = await trusting(signedAtAll);
  const market = await startMarket({ PROFILE: 'hostile', SEED: 'rough', PRODUCTION_ADDRESS: careless });
  await year(market);
  const wrong = new Map((await report(market)).tried.map((one) => [one.kind, one.wrong]));
  expect(wrong.get('replayed')).toBeGreaterThan(0);
  expect(wrong.get('stale')).toBeGreaterThan(0);
  expect(wrong.get('from-the-future')).toBeGreaterThan(0);
  for (const kind of ['wrong-key', 'altered-body', 'altered-signature', 'no-token'])
    expect([kind, wrong.get(kind)]).toEqual([kind, 0]);

  const blind = await startMarket({
    PROFILE: 'hostile',
    SEED: 'rough',
    PRODUCTION_ADDRESS: await trusting(() => true),
  });
  await year(blind);
  const { tried, findings } = await report(blind);
  const attacks = tried.filter(({ kind }) => kind !== 'repeated');
  expect(attacks).toHaveLength(7);
  for (const { sent, wrong: taken } of attacks) expect(taken).toBe(sent);
  expect(findings.some(({ reason }) => reason.includes('R3'))).toBe(true);
  for (const { curl } of findings) expect(curl).not.toContain(sellerKeys.license[0]?.secret);
});

test('a seller that refuses as the rulings have it is found nothing against', async () => {
  const used = new Set<string>();
  const careful = await trusting((query, body) => {
    const keys = sellerKeys[keyClassOf(body.toString()) ?? 'kit'];
    const verified = verifyToken({ query, body, keys, now: Date.now() });
    if (!verified.ok || used.has(verified.nonce)) return false;
    used.add(verified.nonce);
    return true;
  });
  const market = await startMarket({ PROFILE: 'hostile', SEED: 'rough', PRODUCTION_ADDRESS: careful });
  await year(market);
  const { tried, findings } = await report(market);
  expect(findings).toEqual([]);
  expect(tried).toHaveLength(8);
});

test('a refusal must be an answer, not a crash', async () => {
  const market = await startMarket({ PROFILE: 'hostile', SEED: 'rough' });
  market.seller.answer((response, call, index) => {
    if (call.token.ok) return takesIt(response, call, index);
    response.statusCode = 401;
    response.end();
  });
  await year(market);
  const { findings } = await report(market);
  expect(findings.find(({ kind }) => kind === 'wrong-key')?.reason).toContain('no proper refusal');
});

test('the same seed and the same calls give the same history of every subject', async () => {
  const history = async (seed: string) => {
    const market = await startMarket({ PROFILE: 'hostile', SEED: seed });
    ok(await market.control.moveClock({ body: { to: '2040-01-01T00:00:00Z' } }));
    await year(market);
    const subjects = new Map<string, unknown[]>();
    for (const { subject, activity, command, status, createdAt, attempts } of ok(
      await market.control.messages({ query: {} }),
    )) {
      const its = attempts.map(({ cause, at, sent }) => [cause, at, sent.body]);
      subjects.set(subject, [...(subjects.get(subject) ?? []), [activity, command, status, createdAt, its]]);
    }
    return { subjects, tried: (await report(market)).tried };
  };
  const first = await history('one');
  expect(await history('one')).toEqual(first);
  expect((await history('two')).subjects).not.toEqual(first.subjects);
});

test('the profile can be changed, and is kept', async () => {
  const market = await startMarket();
  expect(ok(await market.control.setHostility({ body: { profile: 'hostile' } })).profile).toBe('hostile');
  expect((await report(market)).profile).toBe('hostile');
});

test('a message is sent again with the same bytes, anew, or many times at once', async () => {
  const seller = await startSeller();
  onTestFinished(() => seller.close());
  const market = await startMarket({}, seller);
  const { license } = await bought(market);
  ok(await market.control.renew({ params: { code: license }, body: {} }));
  const [message] = await messagesOf(market, license);
  const id = message?.id ?? '';
  const same = ok(await market.control.restart({ params: { id }, body: { token: 'same' } }));
  expect(same.attempts[1]).toMatchObject({
    cause: 'same-bytes',
    signed: message?.attempts[0]?.signed,
    verdict: { succeeded: false, reason: expect.stringContaining('R3') },
  });
  seller.answer((response) => says(response, '000001'));
  const refused = ok(await market.control.restart({ params: { id }, body: { token: 'same' } }));
  expect(refused.attempts[2]).toMatchObject({ verdict: { succeeded: true, resultCode: '000001' } });
  seller.answer(takesIt);
  expect(market.seller.calls[1]).toMatchObject({
    query: market.seller.calls[0]?.query,
    body: market.seller.calls[0]?.body,
  });
  const many = ok(await market.control.restart({ params: { id }, body: { times: 5 } }));
  expect(many.attempts).toHaveLength(8);
  expect(new Set(market.seller.calls.map(({ query }) => query)).size).toBe(6);
  expect((await market.control.restart({ params: { id }, body: { times: 51 } })).status).toBe(400);
});

test('a replay by hand is no call of the store, so nothing hostile follows it', async () => {
  const market = await startMarket({ PROFILE: 'hostile', SEED: 'rough' });
  const used = new Set<string>();
  market.seller.answer((response, call, index) => {
    if (!call.token.ok || used.has(call.token.nonce)) return says(response, '000001');
    used.add(call.token.nonce);
    takesIt(response, call, index);
  });
  await year(market);
  const { tried } = await report(market);
  for (const { id } of ok(await market.control.messages({ query: {} }))) {
    const { attempts } = ok(await market.control.restart({ params: { id }, body: { token: 'same' } }));
    expect(attempts.at(-1)).toMatchObject({ cause: 'same-bytes', verdict: { succeeded: true } });
  }
  expect((await report(market)).tried).toEqual(tried);
});
