import { type AddressInfo, createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { webhookDelivery } from '../../src/outbox/webhook.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { numbered, openRig } from './rig.ts';

/** An outbox that sends to a receiver. Signatures are of real time, because the library reads the real clock. */
const sendingTo = ({ url, secret }: Pick<Receiver, 'url' | 'secret'>, limitMs = 2_000) =>
  openRig({ channels: { webhook: webhookDelivery({ url, secret, limitMs, now: Date.now }) } });

describe('an event over HTTP', () => {
  test('is a Standard Webhooks message: compact JSON and three headers', async () => {
    const receiver = await startReceiver((response) => response.writeHead(204).end());
    const rig = await sendingTo(receiver);
    await rig.put({ type: 'license.released', subject: 'PL-授权码', data: { code: 'PL-授权码', orderId: null } });
    await rig.worker.idle();
    const [request] = receiver.requests;
    const id = request?.event.id ?? '';
    expect(request?.body).toBe(
      `{"id":"${id}","type":"license.released","timestamp":"2026-01-15T12:00:00.000Z","subject":"PL-授权码","data":{"code":"PL-授权码","orderId":null}}`,
    );
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': id });
    expect(Math.abs(Number(request?.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
    expect(await rig.rows()).toEqual([]);
  });

  test('has the same id and bytes at each attempt, and a new signature', async () => {
    const receiver = await startReceiver((response, request) => response.writeHead(request < 3 ? 503 : 200).end());
    let now = Date.now();
    const delivery = webhookDelivery({ ...receiver, limitMs: 2_000, now: () => now });
    const rig = await openRig({ channels: { webhook: delivery } });
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([{ problem: 'the receiver answered HTTP 503' }]);
    now += 5_000;
    await rig.untilEmpty();
    const { requests } = receiver;
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(requests.map(({ headers }) => headers['webhook-signature'])).size).toBe(2);
  });

  test('does not verify with another secret', async () => {
    const receiver = await startReceiver((response) => response.end());
    const rig = await sendingTo(receiver);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    const [request] = receiver.requests;
    const theirs = new Webhook(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    expect(() => theirs.verify(request?.body ?? '', request?.headers as Record<string, string>)).toThrow(/signature/);
  });

  test('uses the connection of the one before', async () => {
    const receiver = await startReceiver((response) => response.end('thank you'.repeat(7_000)));
    const rig = await sendingTo(receiver);
    for (let number = 1; number <= 10; number += 1) {
      await rig.put(numbered('A', number));
      await rig.worker.idle();
    }
    expect(receiver.requests).toHaveLength(10);
    expect(receiver.connections()).toBe(1);
  });
});

describe('a receiver', () => {
  test.each([200, 201, 202, 204, 299])('that answers %i has taken the event', async (status) => {
    const receiver = await startReceiver((response) => response.writeHead(status).end());
    const rig = await sendingTo(receiver);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toEqual([]);
  });

  test.each([300, 304, 400, 401, 404, 410, 429, 500, 503])('that answers %i has not', async (status) => {
    const receiver = await startReceiver((response) => response.writeHead(status).end('secret-of-the-receiver'));
    const rig = await sendingTo(receiver);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([{ attempts: 1, problem: `the receiver answered HTTP ${status}` }]);
  });

  test.each([301, 302, 307, 308])('that redirects with %i is not followed', async (status) => {
    const elsewhere = await startReceiver((response) => response.end());
    const receiver = await startReceiver((response) => response.writeHead(status, { Location: elsewhere.url }).end());
    const rig = await sendingTo(receiver);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([{ attempts: 1, problem: `the receiver answered HTTP ${status}` }]);
    expect(elsewhere.requests).toEqual([]);
  });

  test('that hangs is left after its time', async () => {
    const receiver = await startReceiver(() => undefined);
    const rig = await sendingTo(receiver, 50);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([{ attempts: 1, problem: 'the receiver did not answer within 0.05 s' }]);
  });

  test.each([
    ['never ends its answer', 200, '{'],
    ['answers without end', 60_000, 'x'.repeat(8 * 1024 * 1024)],
  ])('that %s has answered with its status, and its connection is closed', async (_name, limitMs, begun) => {
    const closed = Promise.withResolvers<void>();
    const receiver = await startReceiver((response) => {
      response.on('close', closed.resolve);
      response.writeHead(200).write(begun);
    });
    const rig = await sendingTo(receiver, limitMs);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toEqual([]);
    await closed.promise;
  });

  test('that is not there: the problem names neither its address nor what is secret in it', async () => {
    const rig = await sendingTo({
      url: `http://127.0.0.1:${await freePort()}/events?token=secret-of-the-receiver`,
      secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    });
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([
      { attempts: 1, problem: 'the receiver could not be reached: ECONNREFUSED' },
    ]);
    expect(rig.log.join('\n')).not.toContain('secret-of-the-receiver');
  });

  test('that hangs up', async () => {
    const receiver = await startReceiver((response) => response.destroy());
    const rig = await sendingTo(receiver);
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([
      { problem: expect.stringMatching(/^the receiver could not be reached: [A-Z_]+$/) },
    ]);
  });

  test('that comes back gets everything, in order', async () => {
    let up = false;
    const receiver = await startReceiver((response) => response.writeHead(up ? 200 : 502).end());
    const rig = await sendingTo(receiver);
    for (let number = 1; number <= 5; number += 1) await rig.put(numbered('A', number));
    await rig.worker.idle();
    expect(receiver.requests).toHaveLength(1);
    up = true;
    await rig.untilEmpty();
    expect(receiver.requests.slice(1).map(({ event }) => event.data['orderLineId'])).toEqual(
      [1, 2, 3, 4, 5].map((number) => `A-${number}`),
    );
  });
});

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  await new Promise((resolve) => server.close(resolve));
  return port;
}
