import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { composeBody, KeyRings } from '@koobridge/contracts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { newDatabase } from '../database.ts';
import { lockLedger, readLedger } from '../ledger-content.ts';
import { storeCalling } from '../store.ts';
import { exchange, head, lastBody } from '../wire.ts';
import { runServer, type ServerProcess, startServerProcess } from './server-process.ts';

const expireTime = '20270101000000';

/** The variables of a server with a ledger of its own, and a store that can sign for it. */
async function aServer() {
  const database = await newDatabase();
  const environment = { ...credentials(), PORT: '0', DATABASE_URL: database, LOG_LEVEL: 'warn' };
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const storeOf = (server: { url: string }) => storeCalling(() => `${server.url}/production`, keys, Date.now);
  return { database, environment, storeOf };
}

/** Makes the server say when it has begun with a request. */
const announced = ['Expect: 100-continue'];

/** Stops the server once it has begun with the request of this socket, and sends the rest when it takes no new ones. */
async function stopBefore(server: ServerProcess, socket: Socket, rest: string): Promise<void> {
  await once(socket, 'data');
  server.child.kill('SIGTERM');
  const isUp = () =>
    fetch(`${server.url}/healthz`).then(
      () => true,
      () => false,
    );
  await expect.poll(isUp).toBe(false);
  socket.write(rest);
}

describe('starting', () => {
  test('a wrong configuration ends with 2, every problem named and no value shown', async () => {
    const { code, output } = await runServer({ PORT: 'eighty', KOOBRIDGE_KEYS: '{"license":"s3cr3t"}' }).ended;
    expect(code).toBe(2);
    for (const name of ['PORT', 'KOOBRIDGE_KEYS', 'KOOBRIDGE_ADMIN_TOKEN']) expect(output).toContain(name);
    expect(output).not.toMatch(/s3cr3t|eighty|\n {4}at /);
  });

  test('a port that is taken ends with 1 and says so', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo; // a server on a TCP port has one
    const { code, output } = await runServer({ ...(await aServer()).environment, PORT: String(port) }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`cannot start: .*EADDRINUSE.*${port}`));
  });

  test('a ledger that cannot be made ends with 1 and says so', async () => {
    const { environment } = await aServer();
    const { code, output } = await runServer({ ...environment, DATABASE_URL: 'sqlite:/dev/null/x/server.db' }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/cannot start: /);
  });

  test('two at the same moment on one new file: both serve, and an order line is applied once (R15)', async () => {
    const { environment, database, storeOf } = await aServer();
    const servers = await Promise.all([startServerProcess(environment), startServerProcess(environment)]);
    const message = renewal('PL-1', expireTime);
    const sent = Array.from({ length: 40 }, (_, index) => servers[index % 2] ?? servers[0]).map((server) =>
      storeOf(server).send(message),
    );
    expect(new Set((await Promise.all(sent)).map(({ resultCode }) => resultCode))).toEqual(new Set(['000000']));
    const { orderLines, licenses, receipts } = await readLedger(database);
    expect(orderLines).toHaveLength(1);
    expect(licenses).toMatchObject([{ revision: 1 }]);
    expect(receipts).toHaveLength(40);
  });

  test('one token sent to two servers of one ledger is accepted once (R3)', async () => {
    const { environment, storeOf } = await aServer();
    const first = await startServerProcess(environment);
    const second = await startServerProcess(environment);
    const body = composeBody(renewal('PL-1', expireTime));
    const query = storeOf(first).query(body);
    const sent = Array.from({ length: 10 }, () => [first, second])
      .flat()
      .map((server) => storeOf(server).send(body, { query }));
    const codes = (await Promise.all(sent)).map(({ resultCode }) => resultCode);
    expect(codes.filter((code) => code === '000000')).toHaveLength(1);
    expect(codes.filter((code) => code === '000001')).toHaveLength(19);
  });
});

describe('telling what is odd', () => {
  test('a class of callbacks without a key is warned of at start, and a client that hangs up is not', async () => {
    const { environment } = await aServer();
    const { base } = JSON.parse(environment.KOOBRIDGE_KEYS);
    const keys = JSON.stringify({ base: base ?? [{ id: 'b', secret: 'a-base-key' }] });
    const server = await startServerProcess({ ...environment, KOOBRIDGE_KEYS: keys });
    await expect.poll(server.output).toContain('KOOBRIDGE_KEYS holds no license key');
    await exchange(server.url, [head('/production', 'Content-Length: 100'), '{'], (socket) => socket.destroy());
    server.child.kill('SIGTERM');
    expect((await server.ended).output).not.toMatch(/ECONNRESET|aborted/);
  });
});

describe('stopping', () => {
  test('a client that keeps its connection is told to close it with its next answer', async () => {
    const { environment, storeOf } = await aServer();
    const server = await startServerProcess(environment);
    const body = composeBody(renewal('PL-1', expireTime));
    const lines = head(`/production?${storeOf(server).query(body)}`, `Content-Length: ${body.length}`, ...announced);
    const heard = await exchange(server.url, [lines], (socket) => stopBefore(server, socket, body));
    expect(lastBody(heard)).toContain('"000000"');
    expect(heard.text).toContain('Connection: close');
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends an idle server with 0, open connections or not',
    async (signal) => {
      const { environment, storeOf } = await aServer();
      const server = await startServerProcess(environment);
      expect((await storeOf(server).send(renewal('PL-1', expireTime))).resultCode).toBe('000000'); // keeps its connection
      server.child.kill(signal);
      expect(await server.ended).toMatchObject({ code: 0, signal: null });
    },
  );

  test('a request under way gets its answer, and what it did is kept', async () => {
    const { environment, storeOf, database } = await aServer();
    const server = await startServerProcess(environment);
    const body = composeBody(renewal('PL-1', expireTime));
    const lines = head(`/production?${storeOf(server).query(body)}`, `Content-Length: ${body.length}`, ...announced);
    const heard = await exchange(server.url, [lines, body.slice(0, 20)], (socket) =>
      stopBefore(server, socket, body.slice(20)),
    );
    expect(lastBody(heard)).toContain('"000000"');
    expect(await server.ended).toMatchObject({ code: 0 });
    expect((await readLedger(database)).orderLines).toHaveLength(1);
  });

  test('neither a client that never finishes nor a locked ledger keeps it longer than 5 seconds', async () => {
    const { environment, storeOf, database } = await aServer();
    const server = await startServerProcess(environment);
    const unlock = await lockLedger(database);
    const waiting = storeOf(server)
      .send(renewal('PL-1', expireTime))
      .catch(() => 'cut');
    const endless = exchange(server.url, [head('/production', 'Content-Length: 100'), '{']);
    await expect.poll(async () => (await fetch(`${server.url}/healthz`)).status).toBe(200);
    const begun = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    expect(performance.now() - begun).toBeLessThan(5_000);
    await Promise.all([waiting, endless]);
    await unlock();
    expect((await readLedger(database)).orderLines).toEqual([]);
  }, 30_000);
});

test('a token that was used before a kill -9 is a replay after it (R3)', async () => {
  const { environment, storeOf } = await aServer();
  const first = await startServerProcess(environment);
  const body = composeBody(renewal('PL-1', expireTime));
  const query = storeOf(first).query(body);
  expect((await storeOf(first).send(body, { query })).resultCode).toBe('000000');
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await startServerProcess(environment);
  expect((await storeOf(second).send(body, { query })).resultCode).toBe('000001');
  expect((await storeOf(second).send(body)).resultCode).toBe('000000');
});
