import { describe, expect, test } from 'vitest';
import type { OnlineLicense } from '../../src/handlers/handlers.ts';
import { application, instanceStatus, releaseInstance } from '../callbacks.ts';
import { sellerAsking } from '../confirmation/seller-asking.ts';
import { failed } from '../handlers/provisioned-seller.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';
import { type StoreAnswer, taken } from '../store-stand-in.ts';
import { buy, issuing, text } from './issuing-seller.ts';

const failing = (): never => {
  throw new Error('the License server is down');
};
describe('the upload', () => {
  test('of a text is a form without a file', async () => {
    const { seller, standIn, delivered, id } = await issuing([text]);
    await seller.store.send(application(id));
    await expect.poll(delivered).toEqual([true]);
    expect(standIn.uploads).toMatchObject([
      { request: { type: 'CHARACTERS', characters: 'LICENSE-TEXT' }, file: undefined },
    ]);
  });

  test('of a file carries its bytes, its name and their hash', async () => {
    const file = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    const { seller, standIn, delivered, id } = await issuing([() => ({ file, fileName: '许可 1.lic' })]);
    await seller.store.send(application(id));
    await expect.poll(delivered).toEqual([true]);
    expect(standIn.uploads).toMatchObject([
      {
        request: { type: 'FILE', file_name: '许可 1.lic', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        file: { name: '许可 1.lic', bytes: file },
      },
    ]);
    expect(standIn.refused).toEqual([]);
  });

  test('goes to the event’s address whatever its id holds', async () => {
    const { seller, standIn, delivered, id } = await issuing([text]);
    await seller.store.send(application(id, { eventId: 'a/b?c #ü%2F..' }));
    await expect.poll(delivered).toEqual([true]);
    expect(standIn.uploads.map(({ eventId }) => eventId)).toEqual(['a/b?c #ü%2F..']);
    expect(standIn.refused).toEqual([]);
  });

  test('comes after a handler that failed twice, which is asked with the same key', async () => {
    const { seller, standIn, calls, delivered, id } = await issuing([failing, failing, text]);
    const asked = application(id);
    await seller.store.send(asked);
    for (const attempt of [1, 2]) {
      await expect.poll(() => calls.length).toBe(attempt);
      await failed(seller, attempt);
      expect((await seller.store.send(asked)).resultCode).toBe('000004');
      seller.clock.now += 2_000;
    }
    await expect.poll(delivered).toEqual([true]);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
    expect(standIn.uploads).toHaveLength(1);
    expect((await seller.store.send(asked)).resultCode).toBe('000000');
  });

  test.each<[string, OnlineLicense]>([
    ['nothing', undefined as unknown as OnlineLicense], // what a seller's JavaScript may hold
    ['a text that is too long', { license: 'x'.repeat(1_025) }],
    ['a file without a name', { file: new Uint8Array(1), fileName: '' }],
  ])('waits where the handler answers %s', async (_name, nonsense) => {
    const { seller, standIn, id, delivered } = await issuing([() => nonsense]);
    await seller.store.send(application(id));
    await expect
      .poll(async () => (await readLedger(seller.database)).outbox)
      .toMatchObject([{ attempts: 1, problem: expect.stringMatching(/not usable/) }]);
    expect(standIn.uploads).toEqual([]);
    expect(await delivered()).toEqual([false]);
  });

  test.each<[string, StoreAnswer, RegExp]>([
    ['refuses it', { error_code: '91381033', error_msg: 'License resource invalid' }, /91381033/],
    ['answers 403', (response) => response.writeHead(403).end('{}'), /HTTP 403/],
    ['answers nonsense', { hello: 'world' }, /not as documented/],
  ])('is repeated later where the store %s', async (_name, answer, problem) => {
    const answers: StoreAnswer[] = [answer];
    const { seller, standIn, delivered, id } = await issuing([text], () => answers.shift() ?? taken);
    await seller.store.send(application(id));
    await expect
      .poll(async () => (await readLedger(seller.database)).outbox)
      .toMatchObject([{ attempts: 1, problem: expect.stringMatching(problem) }]);
    expect(await delivered()).toEqual([false]);
    seller.clock.now += 2_000;
    await expect.poll(delivered).toEqual([true]);
    expect(standIn.uploads).toHaveLength(2);
  });

  test('without a handler brings no placeholder to a store that is not on this machine', async () => {
    const { seller, standIn } = await sellerAsking({}, { environment: { STORE_URL: 'https://store.example' } });
    await seller.store.send(application(await buy(seller)));
    await expect
      .poll(async () => (await readLedger(seller.database)).outbox[0]?.problem)
      .toMatch(/no handler license\.requested/);
    expect(standIn.uploads).toEqual([]);
  });

  test('without a handler brings a placeholder to a marketplace on this machine', async () => {
    const { seller, standIn } = await sellerAsking({});
    const id = await buy(seller);
    await seller.store.send(application(id));
    await expect
      .poll(async () => (await readLedger(seller.database)).applications)
      .toMatchObject([{ delivered_at: seller.clock.now }]);
    expect(standIn.uploads).toMatchObject([{ request: { characters: `PLACEHOLDER-${id}` } }]);
  });

  test('is told of once the store has the License', async () => {
    const heard: unknown[] = [];
    const { seller, id } = await issuing([text], undefined, {
      'license.delivered': ({ data }) => void heard.push(data),
    });
    await seller.store.send(application(id));
    await expect.poll(() => heard).toMatchObject([{ instanceId: id }]);
  });

  test('that the store refuses for good does not hold up the release of its instance', async () => {
    const refusal = { error_code: 'MKT.0108', error_msg: 'the event is over' };
    const heard: string[] = [];
    const { seller, standIn, id } = await issuing([text], () => refusal, {
      'instance.status_changed': () => void heard.push('status'),
      'instance.released': () => void heard.push('released'),
    });
    const asked = application(id);
    await seller.store.send(asked);
    await expect.poll(async () => (await readLedger(seller.database)).outbox[0]?.problem).toMatch(/MKT\.0108/);
    await seller.store.send(instanceStatus(id, 'FREEZE'));
    await seller.store.send(releaseInstance(id));
    await expect.poll(() => heard).toEqual(['status', 'released']);
    // Nobody gets a License of what is released: the application ends too, and its repeat is told so (R18).
    const uploads = standIn.uploads.length;
    seller.clock.now += 60_000;
    await expect.poll(async () => (await readLedger(seller.database)).outbox).toEqual([]);
    expect(standIn.uploads).toHaveLength(uploads);
    expect((await seller.store.send(asked)).resultCode).toBe('000003');
  });

  test('waits until the instance is made', async () => {
    let isDown = true;
    const { seller, standIn, delivered, id } = await issuing([text], undefined, {
      'instance.created': () => {
        if (isDown) throw new Error('down');
        return undefined;
      },
    });
    await seller.store.send(application(id));
    await expect
      .poll(async () => (await readLedger(seller.database)).outbox.map(({ problem }) => problem))
      .toContain('the instance is not made yet');
    expect(standIn.uploads).toEqual([]);
    isDown = false;
    for (let second = 0; second < 10 && (await delivered())[0] !== true; second += 1) {
      seller.clock.now += 60_000;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await delivered()).toEqual([true]);
  });

  test('without credentials for the store waits, and says what is missing', async () => {
    const seller = await startSeller();
    const asked = application(await buy(seller));
    expect((await seller.store.send(asked)).resultCode).toBe('000004');
    await expect
      .poll(async () => (await seller.admin('/events?state=waiting')).body)
      .toMatchObject({ events: [{ type: 'license.requested', problem: expect.stringMatching(/STORE_URL/) }] });
    expect((await seller.store.send(asked)).resultCode).toBe('000004');
  });
});
