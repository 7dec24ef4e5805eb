import { keyClasses, signAuthToken } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { newKey } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller, startSeller } from '../seller.ts';
import { v1On } from './instance.ts';
import { about, purchase } from './messages.ts';
import { type Parameters, timeStampOf, v1Store } from './store.ts';

const seller = sharedSeller({ environment: v1On });

/** Refused with its code, signed, and without a trace. */
async function refused(code: '000001' | '000002', query: string): Promise<void> {
  const before = await readLedger(seller().database);
  const answer = await v1Store(seller()).get({}, { query });
  expect(answer).toMatchObject({ status: 200, resultCode: code, bodySign: { ok: true } });
  expect(Object.keys(answer.json).sort()).toEqual(['resultCode', 'resultMsg']);
  expect(await readLedger(seller().database)).toEqual(before);
}

describe('the window of a timeStamp (R25)', () => {
  test.each([
    ['600', 600_000],
    ['1', 1_000],
  ])('V1_WINDOW_SECONDS=%s: both sides, inclusive', async (seconds, ms) => {
    const own = await startSeller({ environment: { ...v1On, V1_WINDOW_SECONDS: seconds } });
    const { get } = v1Store(own);
    for (const [offset, code] of [
      [-ms, '000000'],
      [-ms - 1, '000001'],
      [ms, '000000'],
      [ms + 1, '000001'],
    ] as const) {
      const answer = await get(about('expireInstance', 'i', { testFlag: '1' }), { time: own.clock.now + offset });
      expect([offset, answer.resultCode]).toEqual([offset, code]);
    }
  });

  test('it may have 14 digits', async () => {
    const timeStamp = timeStampOf(seller().clock.now).slice(0, 14);
    const answer = await v1Store(seller()).get(about('expireInstance', 'fourteen', { testFlag: '1', timeStamp }));
    expect(answer.resultCode).toBe('000000');
  });

  test.each(['', '201706211855321', '20260230120000000', 'now', '1768478400000'])('%j is none', async (timeStamp) => {
    await refused('000002', v1Store(seller()).query(about('expireInstance', 'i', { timeStamp })));
  });
});

describe('an authToken that is refused (R7)', () => {
  const parameters = (): Parameters => ({
    ...about('expireInstance', 'i', { testFlag: '1' }),
    timeStamp: timeStampOf(seller().clock.now),
  });
  const unsigned = () => new URLSearchParams(parameters()).toString();

  test('missing, empty, malformed, or given twice', async () => {
    const signed = v1Store(seller()).query(parameters());
    await refused('000002', '');
    await refused('000002', unsigned());
    await refused('000002', `${unsigned()}&authToken=`);
    await refused('000002', `${unsigned()}&authToken=abc`);
    await refused('000002', `${signed}&authToken=abc`);
    await refused('000002', `${signed}%ff`);
    await refused('000002', unsigned().replace(/timeStamp=\d+/, ''));
  });

  test('of other parameters', async () => {
    await refused('000001', v1Store(seller()).query(parameters()).replace('instanceId=i', 'instanceId=j'));
    await refused('000001', `${v1Store(seller()).query(parameters())}&more=1`);
  });

  test('of nobody’s key, or of one of another class (R6)', async () => {
    const others = keyClasses.filter((name) => name !== 'v1').flatMap((name) => seller().config.keys[name]);
    for (const key of [newKey('theirs'), ...others]) {
      await refused('000001', v1Store(seller()).query(parameters(), { key }));
    }
  });
});

describe('an authToken is accepted once (R25)', () => {
  test('also across a restart', async () => {
    const own = await startSeller({ environment: v1On });
    const { get, query } = v1Store(own);
    const once = query(purchase('CS-1'));
    expect((await get({}, { query: once })).resultCode).toBe('000000');
    await own.restart();
    const state = await readLedger(own.database);
    const replay = await get({}, { query: once });
    expect(replay).toMatchObject({ resultCode: '000001', bodySign: { ok: true } });
    expect(replay.resultMsg).toMatch(/used before/);
    expect(await readLedger(own.database)).toEqual(state);
  });

  test('also where the call was refused for its parameters', async () => {
    const { get, query } = v1Store(seller());
    const once = query(about('expireInstance', ''));
    expect((await get({}, { query: once })).resultCode).toBe('000002');
    expect((await get({}, { query: once })).resultCode).toBe('000001');
  });

  test('its receipt outlives both sides of the longest window, whatever RECEIPT_DAYS says', async () => {
    const day = 24 * 60 * 60_000;
    const environment = { ...v1On, V1_WINDOW_SECONDS: '86400', RECEIPT_DAYS: '1' };
    const own = await startSeller({ environment });
    const { get, query } = v1Store(own);
    const once = query(about('expireInstance', 'i', { testFlag: '1' }), { time: own.clock.now + day });
    expect((await get({}, { query: once })).resultCode).toBe('000000');
    own.clock.now += 2 * day;
    await own.restart(); // which begins with deleting what is old
    await expect.poll(async () => (await own.get('/readyz')).status).toBe(200);
    expect((await get({}, { query: once })).resultCode).toBe('000001');
  });
});

describe('values are signed as they decode', () => {
  const instances = ['a+b', 'a b', 'ä/ö=ü&', '100%', '试用', "it's*", 'a%2Bb'];

  test.each(instances)('%j, percent-encoded', async (instanceId) => {
    const answer = await v1Store(seller()).get(about('queryInstance', instanceId, { testFlag: '1' }));
    expect(answer.json['info']).toMatchObject([{ instanceId }]);
  });

  test('a plus sign in a value and in the token may stand for itself, or in the value for a blank', async () => {
    const { key, get } = v1Store(seller());
    for (const [value, reading] of [
      ['a+b', 'percent'],
      ['a b', 'form'],
    ] as const) {
      // A token with a plus sign in it, as many have.
      const tokens = Array.from({ length: 200 }, (_, ms) => {
        const timeStamp = timeStampOf(seller().clock.now - 1_000 - ms);
        const given = [
          ['activity', 'queryInstance'],
          ['instanceId', value],
          ['testFlag', '1'],
          ['timeStamp', timeStamp],
        ] as const;
        return { timeStamp, token: signAuthToken(key.secret, given) };
      });
      const { timeStamp, token } = tokens.find((each) => each.token.includes('+')) ?? { timeStamp: '', token: '' };
      const query = `activity=queryInstance&instanceId=a+b&testFlag=1&timeStamp=${timeStamp}&authToken=${token}`;
      const answer = await get({}, { query });
      expect(answer).toMatchObject({ resultCode: '000000', json: { info: [{ instanceId: value }] } });
      expect((await readLedger(seller().database)).receipts.at(-1)).toMatchObject({ reading });
    }
  });
});

test('a key is replaced without an outage, and each answer is signed with the key of its call (R6)', async () => {
  const [old, young] = [newKey('old'), newKey('young')];
  const keys = JSON.stringify({ base: [], license: [], kit: [], general: [], v1: [old, young] });
  const own = await startSeller({ environment: { ...v1On, KOOBRIDGE_KEYS: keys } });
  for (const key of [old, young]) {
    const answer = await v1Store(own).get(about('queryInstance', 'i', { testFlag: '1' }), { key });
    expect(answer).toMatchObject({ resultCode: '000000', bodySign: { ok: true, keyId: key.id } });
  }
});
