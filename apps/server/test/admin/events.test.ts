import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { admin } from '../../src/admin/admin.ts';
import { EventView } from '../../src/admin/contract.ts';
import { kitLogin } from '../../src/store/kit-login.ts';
import { secret } from '../credentials.ts';
import { collecting, refused, taken } from '../outbox/deliveries.ts';
import { numbered, openRig } from '../outbox/rig.ts';

/** The operators' view of an outbox whose receiver takes nothing until it is told to. */
async function operating() {
  const receiver = { up: false };
  const { deliver, received } = collecting(() => (receiver.up ? taken : refused));
  const rig = await openRig({ channels: { webhook: deliver } });
  const token = secret();
  const app = new Koa();
  app.use(
    admin({
      queries: rig.admin,
      tenants: { records: async () => [], client: async () => undefined },
      usage: { store: undefined, accessKey: undefined },
      kit: kitLogin({ limitMs: 1_000, stopping: AbortSignal.abort() }),
      token,
      now: () => rig.clock.now,
      replay: rig.replay,
      purgeTenant: async () => 'unknown',
      skip: rig.skip,
    }).routes(),
  );
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  const call = async (method: string, path: string, given: string = token) => {
    const headers = { Authorization: `Bearer ${given}` };
    const response = await fetch(`http://127.0.0.1:${port}/admin${path}`, { method, headers });
    return { status: response.status, body: Object(await response.json()) };
  };
  const events = async (query: string) => EventView.array().parse((await call('GET', `/events?${query}`)).body.events);
  return { rig, receiver, received, call, events };
}

describe('the events', () => {
  test('that wait, each with its place and its next attempt', async () => {
    const { rig, events } = await operating();
    for (const number of [1, 2]) await rig.put(numbered('A', number));
    await rig.worker.idle();
    const id = expect.stringMatching(/^evt_/);
    const common = {
      id,
      channel: 'webhook',
      type: 'order.notified',
      subject: 'A',
      createdAt: '2026-01-15T12:00:00.000Z',
    };
    expect(await events('state=waiting')).toEqual([
      {
        ...common,
        position: 1,
        attempts: 1,
        nextAttemptAt: '2026-01-15T12:00:05.000Z',
        diedAt: null,
        problem: 'not today',
      },
      { ...common, position: 2, attempts: 0, nextAttemptAt: null, diedAt: null, problem: null },
    ]);
    expect(await events('state=dead')).toEqual([]);
  });

  test('that were given up, and never the data of one', async () => {
    const { rig, call, events } = await operating();
    await rig.put({ type: 'users.synced', subject: 'T-1', data: { users: [{ name: 'Name-of-a-user' }] } });
    await rig.untilEmpty();
    expect(await events('state=dead')).toMatchObject([
      { subject: 'T-1', attempts: 22, nextAttemptAt: null, diedAt: new Date(rig.clock.now).toISOString() },
    ]);
    expect(await events('state=waiting')).toEqual([]);
    const { body } = await call('GET', '/events?state=dead');
    expect(Object.keys(body.events[0]).toSorted()).toEqual(Object.keys(EventView.shape).toSorted());
    expect(JSON.stringify(body)).not.toContain('Name-of-a-user');
  });

  test('page by page', async () => {
    const { rig, events } = await operating();
    for (let number = 1; number <= 5; number += 1) await rig.put(numbered(`S-${number}`, 1));
    await rig.worker.idle();
    const seen: string[] = [];
    for (let after = 0; ; ) {
      const page = await events(`state=waiting&limit=2&after=${after}`);
      const last = page.at(-1);
      if (last === undefined) break;
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page.map(({ subject }) => subject));
      after = last.position;
    }
    expect(seen).toEqual(['S-1', 'S-2', 'S-3', 'S-4', 'S-5']);
  });

  test.each([
    '/events',
    '/events?state=all',
    '/events?state=dead&after=-1',
    '/events?state=dead&after=x',
    '/events?state=dead&after=1e300',
    '/events?state=dead&limit=0',
    '/events?state=dead&limit=201',
    '/events?state=dead&state=waiting',
  ])('%s: 400 that names the parameter', async (path) => {
    const { call } = await operating();
    expect(await call('GET', path)).toEqual({
      status: 400,
      body: { error: expect.stringMatching(/^(state|after|limit): /) },
    });
  });
});

describe('a replay', () => {
  test('sends a dead letter once more', async () => {
    const { rig, receiver, received, call, events } = await operating();
    await rig.put(numbered('A', 1));
    await rig.untilEmpty();
    const id = (await events('state=dead'))[0]?.id ?? '';
    receiver.up = true;
    expect(await call('POST', `/events/${id}/replay`)).toEqual({ status: 200, body: { replayed: id } });
    await rig.worker.idle();
    expect(received.map((event) => event.id)).toEqual([id]);
    expect(await rig.rows()).toEqual([]);
  });

  test('of an event that waits: 409, and it stays as it is', async () => {
    const { rig, call, events } = await operating();
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    const before = await events('state=waiting');
    expect((await call('POST', `/events/${before[0]?.id}/replay`)).status).toBe(409);
    expect(await events('state=waiting')).toEqual(before);
  });

  test.each(['evt_nothing', '%00', "' OR 1=1 --", '1'])('of %s, which is not there: 404', async (id) => {
    const { rig, call } = await operating();
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect((await call('POST', `/events/${id}/replay`)).status).toBe(404);
  });
});

describe('a skip', () => {
  test('gives up an event that waits, and the next of its subject goes on', async () => {
    const { rig, receiver, received, call, events } = await operating();
    for (const number of [1, 2]) await rig.put(numbered('A', number));
    await rig.worker.idle();
    const [stuck, next] = await events('state=waiting');
    receiver.up = true;
    expect(await call('POST', `/events/${stuck?.id}/skip`)).toEqual({ status: 200, body: { skipped: stuck?.id } });
    await rig.worker.idle();
    expect(received.map((event) => event.id)).toEqual([next?.id]);
    expect(await events('state=waiting')).toEqual([]);
    expect(await events('state=dead')).toMatchObject([
      { id: stuck?.id, attempts: 1, nextAttemptAt: null, problem: 'skipped by an operator; before: not today' },
    ]);
  });

  test('of one that stands behind another leaves its line as it is; both can be replayed', async () => {
    const { rig, receiver, received, call, events } = await operating();
    for (const number of [1, 2]) await rig.put(numbered('A', number));
    await rig.worker.idle();
    const [first, second] = await events('state=waiting');
    expect((await call('POST', `/events/${second?.id}/skip`)).status).toBe(200);
    expect(await events('state=waiting')).toEqual([first]);
    receiver.up = true;
    expect((await call('POST', `/events/${second?.id}/replay`)).status).toBe(200);
    rig.clock.now += 5_000;
    await rig.round();
    expect(received.map((event) => event.id)).toEqual([first?.id, second?.id]);
  });

  test('of an event that was given up: 409; of none, or in a channel where it does not wait: 404', async () => {
    const { rig, call, events } = await operating();
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    const id = (await events('state=waiting'))[0]?.id;
    expect((await call('POST', `/events/${id}/skip?channel=handler`)).status).toBe(404);
    expect((await call('POST', `/events/${id}/skip?channel=other`)).status).toBe(400);
    expect((await call('POST', '/events/evt_nothing/skip')).status).toBe(404);
    expect((await call('POST', `/events/${id}/skip?channel=webhook`)).status).toBe(200);
    expect((await call('POST', `/events/${id}/skip`)).status).toBe(409);
  });
});

test('neither without the token', async () => {
  const { rig, call, events } = await operating();
  await rig.put(numbered('A', 1));
  await rig.untilEmpty();
  const [dead] = await events('state=dead');
  expect((await call('GET', '/events?state=dead', secret())).status).toBe(401);
  expect((await call('POST', `/events/${dead?.id}/replay`, secret())).status).toBe(401);
  expect((await call('POST', `/events/${dead?.id}/skip`, secret())).status).toBe(401);
  expect(await events('state=dead')).toEqual([dead]);
});
