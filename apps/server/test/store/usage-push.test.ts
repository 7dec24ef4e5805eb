import { usagePushApi, verifyAksk, verifyUsagePush } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { purchase } from '../callbacks.ts';
import { keyRings, newKey, secret } from '../credentials.ts';
import { type Environment, start, startSeller } from '../seller.ts';
import { type Heard, nowhere, startStandIn, type Told } from './http-stand-in.ts';

const record = (more: object = {}) => ({
  usage_value: '1.5',
  record_time: '20260115T110500Z',
  metering_sn: 'sn-1',
  instance_id: 'instance-1',
  end_time: '20260115T110000Z',
  begin_time: '20260115T100000Z',
  ...more,
});
const oldRecord = (more: object = {}) => {
  const { metering_sn: _, ...old } = record({ product_id: 'product-1', ...more });
  return old;
};
const success: Told = [200, { error_code: 'MKT.0000', error_msg: 'success' }];
const key = { ak: 'AKTEST', sk: secret() };
const first = newKey('base-first');
const base = [first, newKey('base-second')];

/** A seller whose store answers what is given, in turn, the last one for ever. */
async function selling(answers: readonly Told[] = [success], environment: Environment = {}) {
  let told = 0;
  const store = await startStandIn(() => answers[Math.min(told++, answers.length - 1)] ?? success);
  const seller = await startSeller({
    environment: {
      KOOBRIDGE_KEYS: JSON.stringify(keyRings({ base })),
      STORE_URL: store.url,
      STORE_AK: key.ak,
      STORE_SK: key.sk,
      ...environment,
    },
    timing: { storeMs: 1_500 },
    random: () => 0,
  });
  const push = async (records: readonly object[], query = '', token = seller.config.adminToken) => {
    const response = await fetch(`${seller.url}/admin/usage-records${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ usage_records: records }),
    });
    const text = await response.text();
    for (const hidden of [key.sk, seller.config.adminToken, ...base.map((each) => each.secret)]) {
      expect(text).not.toContain(hidden);
    }
    return { status: response.status, body: JSON.parse(text) };
  };
  return { push, heard: store.heard, seller };
}

const akskOf = (heard: Heard) => verifyAksk(heard, key, start);
const signatureOf = ({ headers, body }: Heard) =>
  verifyUsagePush({
    headers: { signature: headers['signature'], ts: headers['ts'], nonce: headers['nonce'] },
    body,
    keys: base,
    now: start,
    windowMs: 0,
    readings: ['raw'],
  });

describe('the new interface', () => {
  test('is signed over the body in natural order with the first base key, and with AK/SK', async () => {
    const { push, heard } = await selling();
    const records = [
      record({ relate_pkg_instance: null, unknown: 1 }),
      record({ metering_sn: 'sn-2', usage_value: 2 }),
    ];
    expect(await push(records)).toEqual({ status: 200, body: { code: 'MKT.0000', message: 'success', abnormal: [] } });
    const [only] = heard;
    expect(heard).toMatchObject([{ method: 'POST', target: usagePushApi.usagePush.path }]);
    expect(only?.body.toString()).toBe(
      '{"usage_records":[' +
        '{"begin_time":"20260115T100000Z","end_time":"20260115T110000Z","instance_id":"instance-1","metering_sn":"sn-1","record_time":"20260115T110500Z","usage_value":"1.5"},' +
        '{"begin_time":"20260115T100000Z","end_time":"20260115T110000Z","instance_id":"instance-1","metering_sn":"sn-2","record_time":"20260115T110500Z","usage_value":2}]}',
    );
    expect(only && akskOf(only)).toEqual({ ok: true });
    expect(only && signatureOf(only)).toMatchObject({ ok: true, keyId: first.id, reading: 'raw', timestamp: start });
  });

  test('a repeat after a failure has a nonce of its own', async () => {
    const { push, heard } = await selling([(response) => response.destroy(), success]);
    expect(await push([record()])).toMatchObject({ status: 200 });
    expect(heard.map(akskOf)).toEqual([{ ok: true }, { ok: true }]);
    expect(heard.map((each) => signatureOf(each).ok)).toEqual([true, true]);
    expect(new Set(heard.map(({ headers }) => headers['nonce'])).size).toBe(2);
  });

  test('faulty records in the answer come back, whatever the member is called that holds them', async () => {
    const faulty = { error_code: '012', error_msg: 'not sold on demand', instance_id: 'instance-1' };
    const { push } = await selling([[200, { error_code: 'MKT.0000', data: { abnormal_usage_data: [faulty] } }]]);
    expect(await push([record()])).toEqual({
      status: 200,
      body: { code: 'MKT.0000', message: '', abnormal: [faulty] },
    });
  });
});

describe('the old interface', () => {
  test('is signed with AK/SK alone', async () => {
    const { push, heard } = await selling();
    expect(await push([oldRecord()], '?interface=old')).toMatchObject({ status: 200 });
    expect(heard).toMatchObject([{ method: 'POST', target: usagePushApi.usagePushOld.path }]);
    expect(heard.map(akskOf)).toEqual([{ ok: true }]);
    for (const name of ['signature', 'ts', 'nonce']) expect(heard[0]?.headers).not.toHaveProperty(name);
    expect(JSON.parse(String(heard[0]?.body))).toEqual({ usage_records: [oldRecord()] });
  });

  test('needs the product of each record', async () => {
    const { push, heard } = await selling();
    const answer = await push([oldRecord(), record()], '?interface=old');
    expect(answer).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('usage_records.1.product_id') },
    });
    expect(heard).toEqual([]);
  });
});

describe('records that the store would refuse are not sent', () => {
  test.each([
    ['002', { end_time: 'yesterday' }],
    ['003', { usage_value: '0' }],
    ['003', { usage_value: 1.23456 }],
    ['004', { metering_sn: null }],
    ['007', { begin_time: '20251201T000000Z' }],
    ['011', { end_time: '20260115T130000Z' }],
  ])('%s: %j', async (code, more) => {
    const { push, heard } = await selling();
    const { status, body } = await push([record(), record(more)]);
    expect(status).toBe(422);
    expect(body.records).toEqual([{ index: 1, code, meaning: expect.stringMatching(/.{5}/) }]);
    expect(heard).toEqual([]);
  });

  test.each([
    ['none', []],
    ['too many', Array.from({ length: 1_001 }, () => record())],
    ['a member is missing', [{ ...record(), instance_id: undefined }]],
    ['a member is too long', [record({ instance_id: 'i'.repeat(65) })]],
  ])('a list that is no list of records: %s', async (_, records) => {
    const { push, heard } = await selling();
    expect(await push(records)).toMatchObject({ status: 400 });
    expect(heard).toEqual([]);
  });

  test('a thousand are sent at once', async () => {
    const { push, heard } = await selling();
    const records = Array.from({ length: 1_000 }, (_, index) => record({ metering_sn: `sn-${index}`.padEnd(64, 'x') }));
    expect(await push(records)).toMatchObject({ status: 200 });
    expect(JSON.parse(String(heard[0]?.body)).usage_records).toHaveLength(1_000);
  });
});

describe('when the store does not take it', () => {
  test.each([
    [400, 'MKT.0102', 'Invalid body sign', 1],
    [401, 'APIGW.0301', `Incorrect IAM authentication information: ${'x'.repeat(900)}`, 1],
    [500, 'MKT.9001', 'Instance ID not found.', 1],
    [500, 'MKT.0999', 'System internal error.', 2],
    [200, 'MKT.0199', 'Request parameter error', 1],
  ])('HTTP %i with %s is told with its code', async (status, code, message, attempts) => {
    const { push, heard } = await selling([[status, { error_code: code, error_msg: message }]]);
    expect(await push([record()])).toEqual({
      status: 502,
      body: { error: expect.stringMatching(/^the store answered /), code, message },
    });
    expect(heard).toHaveLength(attempts);
  });

  test.each<[string, Told, RegExp]>([
    ['no reason', (response) => response.writeHead(503).end('<html>'), /HTTP 503/],
    ['no JSON', (response) => response.end('<html>'), /could not be asked/],
    ['something else', [200, { resultCode: '000000' }], /not as documented/],
    ['a redirect', (response) => response.writeHead(307, { Location: nowhere }).end(), /could not be asked/],
    ['nothing in time', () => undefined, /could not be asked: .*time/],
    ['too much', (response) => response.end(`"${'x'.repeat(1_048_576)}"`), /larger than/],
  ])('an answer that holds %s', async (_, told, problem) => {
    const { push } = await selling([told]);
    expect(await push([record()])).toEqual({ status: 502, body: { error: expect.stringMatching(problem) } });
  });

  test('an unreachable store', async () => {
    const { push } = await selling([], { STORE_URL: nowhere });
    expect(await push([record()])).toEqual({
      status: 502,
      body: { error: expect.stringMatching(/^the store could not be asked: /) },
    });
  });
});

describe('what the seller has to set', () => {
  const none = { STORE_URL: '', STORE_AK: '', STORE_SK: '' };

  test.each(['', '?interface=old'])('the store’s credentials%s', async (query) => {
    const { push } = await selling([], none);
    const answer = await push([query === '' ? record() : oldRecord()], query);
    expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining('STORE_URL') } });
  });

  test('a base key, for the new interface alone', async () => {
    const { push } = await selling([success], { KOOBRIDGE_KEYS: JSON.stringify(keyRings({ base: [] })) });
    expect(await push([record()])).toMatchObject({ status: 409, body: { error: expect.stringContaining('base key') } });
    expect(await push([oldRecord()], '?interface=old')).toMatchObject({ status: 200 });
  });
});

test('nothing is sent without the token of the admin API', async () => {
  const { push, heard } = await selling();
  expect(await push([record()], '', secret())).toMatchObject({ status: 401 });
  expect(heard).toEqual([]);
});

test('signs with the base key that the store’s last call was signed with, as keys are replaced; before one, with the first', async () => {
  const { push, heard, seller } = await selling();
  const signer = async () => {
    expect((await push([record()])).status).toBe(200);
    const last = heard.at(-1);
    const verification = last === undefined ? undefined : signatureOf(last);
    return verification?.ok === true ? verification.keyId : verification;
  };
  const [older, newer] = base;
  expect(await signer()).toBe(older?.id);
  await seller.store.send(purchase(), newer === undefined ? {} : { key: newer });
  expect(await signer()).toBe(newer?.id);
  await seller.store.send(purchase({ testFlag: '1' }), older === undefined ? {} : { key: older });
  expect(await signer()).toBe(older?.id);
});
