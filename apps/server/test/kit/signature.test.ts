import { composeBody, keyClasses, sortMembers } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { newKey } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller, startSeller } from '../seller.ts';
import { tenant } from './messages.ts';
import { recordsOf, tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const seller = sharedSeller();
const message = tenant('T-1');
const body = composeBody(message);
/** The same members as the store's page prints them: not sorted, not compact. */
const printed = JSON.stringify(message, null, 1);

const content = async () => ({
  receipts: (await readLedger(seller().database)).receipts,
  rows: await tenantRows(seller().database),
});

/** A call whose token is refused gets its code and leaves nothing behind. */
async function refused(code: '000001' | '000002', sent: string, headers: Readonly<Record<string, string>>) {
  const before = await content();
  const answer = await kitStore(seller()).send('tenantSync', sent, { headers });
  expect(answer).toMatchObject({ status: 200, contentType: expect.stringMatching(/^application\/json/) });
  expect(answer.resultCode).toBe(code);
  expect(Object.keys(JSON.parse(answer.text)).sort()).toEqual(['resultCode', 'resultMsg']);
  expect(await content()).toEqual(before);
}

describe('the signature of a Kit call (R1, R2, R4)', () => {
  test.each([
    ['over the bytes', printed, printed],
    ['over the sorted members', printed, sortMembers(printed) ?? ''],
    ['over a body for which both are one', body, body],
  ])('%s is accepted, in upper and in lower case', async (_name, sent, signed) => {
    const { send, headers } = kitStore(seller());
    const upper = headers(signed);
    const lower = headers(signed);
    expect(upper['x-sign']).toMatch(/^[0-9A-F]{64}$/);
    expect((await send('tenantSync', sent, { headers: upper })).resultCode).toBe('000000');
    const lowered = { ...lower, 'x-sign': lower['x-sign']?.toLowerCase() ?? '' };
    expect((await send('tenantSync', sent, { headers: lowered })).resultCode).toBe('000000');
  });

  test('which reading verified is kept', async () => {
    const { send, headers } = kitStore(seller());
    await send('tenantSync', printed, { headers: headers(printed) });
    await send('tenantSync', printed, { headers: headers(sortMembers(printed) ?? '') });
    expect((await readLedger(seller().database)).receipts.slice(-2).map(({ reading }) => reading)).toEqual([
      'raw',
      'sorted',
    ]);
  });

  test('a setting pins one reading', async () => {
    const pinned = await startSeller({ environment: { TOKEN_READING: 'raw' } });
    const { send, headers } = kitStore(pinned);
    expect((await send('tenantSync', printed)).resultCode).toBe('000000');
    const sorted = headers(sortMembers(printed) ?? '');
    expect((await send('tenantSync', printed, { headers: sorted })).resultCode).toBe('000001');
  });

  test('both sides of its window of 60 s, inclusive', async () => {
    const { send } = kitStore(seller());
    const { now } = seller().clock;
    for (const [timestamp, code] of [
      [now - 60_000, '000000'],
      [now - 60_001, '000001'],
      [now + 60_000, '000000'],
      [now + 60_001, '000001'],
    ] as const) {
      expect((await send('tenantSync', body, { timestamp })).resultCode).toBe(code);
    }
  });
});

describe('a token that is refused changes nothing (R7)', () => {
  const good = () => ({ ...kitStore(seller()).headers(body) });

  test.each(['x-sign', 'x-timestamp', 'x-nonce'])('%s is missing or empty', async (name) => {
    const { [name]: _, ...rest } = good() as Record<string, string>;
    await refused('000002', body, rest);
    await refused('000002', body, { ...rest, [name]: '' });
  });

  test.each([
    ['x-sign', 'not hex'],
    ['x-sign', 'ab'.repeat(31)],
    ['x-timestamp', '1768478400'],
    ['x-timestamp', '17684784000000'],
    ['x-timestamp', '176847840000a'],
    ['x-nonce', 'n'.repeat(129)],
    ['x-nonce', 'a b'],
  ])('%s is malformed: %s', (name, value) => refused('000002', body, { ...good(), [name]: value }));

  test('another body, nonce or timestamp than was signed', async () => {
    await refused('000001', composeBody(tenant('T-2')), good());
    await refused('000001', body, { ...good(), 'x-nonce': 'another' });
    await refused('000001', body, { ...good(), 'x-timestamp': String(seller().clock.now + 1) });
  });

  test('the signature of the base interfaces, over a digest of the body', async () => {
    const query = new URLSearchParams(seller().store.query(body, { key: kitStore(seller()).key }));
    const part = (name: string) => query.get(name) ?? '';
    const token = { 'x-sign': part('signature'), 'x-timestamp': part('timestamp'), 'x-nonce': part('nonce') };
    await refused('000001', body, token);
  });

  test('no key of the seller, or a key of another class (R6)', async () => {
    const { headers } = kitStore(seller());
    await refused('000001', body, headers(body, { key: newKey('theirs') }));
    for (const name of keyClasses.filter((each) => each !== 'kit')) {
      for (const key of seller().config.keys[name]) await refused('000001', body, headers(body, { key }));
    }
  });

  test('the token in the query, where the base interfaces have it', async () => {
    const { send } = kitStore(seller());
    const key = kitStore(seller()).key;
    const subPath = `/produceAPI/v2/tenantSync?${seller().store.query(body, { key })}`;
    expect((await send('tenantSync', body, { headers: {}, subPath })).resultCode).toBe('000002');
  });
});

describe('a nonce is used once (R3)', () => {
  test('a replay is refused and changes nothing, also on another interface and after a restart', async () => {
    const own = await startSeller();
    const { send, headers } = kitStore(own);
    const token = headers(body);
    expect((await send('tenantSync', body, { headers: token })).resultCode).toBe('000000');
    await own.restart();
    const rows = await tenantRows(own.database);
    const replay = await send('tenantSync', body, { headers: token });
    expect(replay).toMatchObject({ resultCode: '000001', resultMsg: expect.stringMatching(/nonce/) });
    expect((await send('singleOrgSync', body, { headers: token })).resultCode).toBe('000001');
    expect(await tenantRows(own.database)).toEqual(rows);
    expect((await readLedger(own.database)).receipts).toHaveLength(1);
  });

  test('also by a call whose body was refused', async () => {
    const { send } = kitStore(seller());
    expect((await send('tenantSync', tenant(''), { nonce: 'once' })).resultCode).toBe('000002');
    expect((await send('tenantSync', 'not JSON', { nonce: 'twice' })).resultCode).toBe('000002');
    for (const nonce of ['once', 'twice']) {
      expect((await send('tenantSync', body, { nonce })).resultCode).toBe('000001');
    }
  });
});

test('a key is replaced without an outage (R6)', async () => {
  const [old, young] = [newKey('old'), newKey('young')];
  const keys = JSON.stringify({ base: [], license: [], kit: [old, young], general: [], v1: [] });
  const rotating = await startSeller({ environment: { KOOBRIDGE_KEYS: keys } });
  const { send } = kitStore(rotating);
  for (const key of [old, young]) expect((await send('tenantSync', body, { key })).resultCode).toBe('000000');
  expect(await recordsOf(rotating, 'T-1')).toHaveLength(1);
});
