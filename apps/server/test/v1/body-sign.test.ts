import { type KitActivityName, kitActivities, verifyBodySign } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { kitStore } from '../kit/store.ts';
import { sharedSeller } from '../seller.ts';
import { exchange, head } from '../wire.ts';
import { v1On } from './instance.ts';
import { about, everyActivity, purchase } from './messages.ts';
import { v1Store } from './store.ts';

const seller = sharedSeller({ environment: v1On });
const kitNames = Object.keys(kitActivities) as KitActivityName[]; // the keys of a literal are exactly its type's
const signed = { status: 200, bodySign: { ok: true, keyId: 'v1-1' } };

describe('every answer of V1 is signed over the bytes it has (R25)', () => {
  test('of every activity, debugged, real, refused for its members, for its token and for its age', async () => {
    const { get, query } = v1Store(seller());
    for (const more of [{ testFlag: '1' }, { testFlag: '0' }]) {
      for (const parameters of Object.values(everyActivity('nothing', more))) {
        expect(await get(parameters)).toMatchObject(signed);
        expect(await get({ ...parameters, testFlag: 'wrong' })).toMatchObject({ ...signed, resultCode: '000002' });
        expect(await get({}, { query: `${query(parameters)}x` })).toMatchObject(signed);
        expect(await get(parameters, { time: 0 })).toMatchObject({ ...signed, resultCode: '000001' });
      }
    }
  });

  test('of an unknown activity, and of none', async () => {
    const { get } = v1Store(seller());
    for (const activity of ['nothing', '', 'refreshLicenseCode', 'toString', '__proto__']) {
      const answer = await get({ activity });
      expect(answer).toMatchObject({ ...signed, resultCode: '000002' });
      expect(answer.resultMsg).toMatch(/^activity: /);
    }
    expect(await get({})).toMatchObject({ ...signed, resultCode: '000002' });
  });

  test.each(kitNames)('of the Kit: %s', async (name) => {
    const { post } = v1Store(seller());
    expect(await post(name, {})).toMatchObject({ ...signed, resultCode: '000002' });
    expect(await post(name, 'not JSON', { authToken: 'x' })).toMatchObject({ ...signed, resultCode: '000002' });
    expect(await post(name, {}, { authToken: null })).toMatchObject({ ...signed, resultCode: '000002' });
    expect(await post(name, {}, { method: 'GET' })).toMatchObject({ ...signed, resultCode: '000002' });
  });

  test('of what is at no interface', async () => {
    const { get, post } = v1Store(seller());
    expect(await get({}, { method: 'PUT' })).toMatchObject({ ...signed, resultCode: '000002' });
    expect(await post('tenantSync', {}, { subPath: '/produceAPI/nothing' })).toMatchObject(signed);
  });

  test('with text that is not ASCII', async () => {
    const instanceId = '试用版 ä';
    const answer = await v1Store(seller()).get(about('queryInstance', instanceId, { testFlag: '1' }));
    expect(answer).toMatchObject({ ...signed, json: { info: [{ instanceId }] } });
  });
});

test('on the wire the header is spelt Body-Sign, with the blank that the page prints', async () => {
  const query = v1Store(seller()).query(purchase('CS-wire', { testFlag: '1' }));
  const request = head(`/production?${query}`, 'Connection: close').replace('POST', 'GET');
  const { text } = await exchange(seller().url, [request]);
  const lines = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n');
  const headers = lines.filter((line) => /^body-sign:/i.test(line));
  expect(headers).toEqual([
    expect.stringMatching(/^Body-Sign: sign_type="HMAC-SHA256", signature= "[A-Za-z0-9+/]{43}="$/),
  ]);
  const body = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1');
  const value = headers[0]?.slice('Body-Sign: '.length);
  expect(verifyBodySign(value, body, seller().config.keys.v1)).toEqual({ ok: true, keyId: 'v1-1' });
  expect(verifyBodySign(value, Buffer.concat([body, Buffer.from('\n')]), seller().config.keys.v1)).toMatchObject({
    ok: false,
  });
});

test('the interfaces of 2.0 are answered without it, as before', async () => {
  const base = await fetch(`${seller().url}/production?${seller().store.query('{}')}`, { method: 'POST', body: '{}' });
  expect(base.headers.has('Body-Sign')).toBe(false);
  const headers = { ...kitStore(seller()).headers('{}') };
  const kit = await fetch(`${seller().url}/production/produceAPI/v2/tenantSync`, {
    method: 'POST',
    body: '{}',
    headers,
  });
  expect(kit.headers.has('Body-Sign')).toBe(false);
});
