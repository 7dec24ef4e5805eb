import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeBody, KeyRings } from '@koobridge/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { newDatabase } from '../database.ts';
import { Load } from '../load.ts';
import { temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { head } from '../wire.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const expireTime = '20270101000000';

/** On SIGUSR2 it takes every file that the process may open, and at the next one gives them back. */
const fileTaker = `
import { closeSync, openSync } from 'node:fs';
const taken = [];
process.on('SIGUSR2', () => {
  if (taken.length > 0) for (const file of taken.splice(0)) closeSync(file);
  else for (;;) try { taken.push(openSync('/dev/null')); } catch { break; }
  console.log('files: ' + taken.length);
});
export default {};
`;

/** A server of its own process that may open 1,024 files. */
async function crowdedServer() {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'koobridge.config.mjs'), fileTaker);
  const database = await newDatabase();
  const environment = credentials();
  const child = spawn('sh', ['-c', 'ulimit -n 1024 && exec "$0" "$1"', process.execPath, main], {
    cwd: directory,
    env: { ...environment, DATABASE_URL: database, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await expect.poll(() => output, { timeout: 20_000 }).toContain('listening on');
  const url = /listening on (http:\S+)/.exec(output)?.[1] ?? '';
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  return { url, child, database, output: () => output, store: storeCalling(() => `${url}/production`, keys, Date.now) };
}

/** Resident memory in MiB, where it can be told. */
function memoryOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024 : 0;
}

/** Opens a connection, and again whenever it is closed, until the test is over. */
function keepConnected(url: string, then: (socket: Socket) => void): void {
  const { hostname, port } = new URL(url);
  let isOver = false;
  let current: Socket | undefined;
  const open = (): void => {
    if (isOver) return;
    current = connect({ host: hostname, port: Number(port) }, () => current !== undefined && then(current));
    current.on('error', () => undefined); // it is cut off, and comes again
    current.on('close', () => setTimeout(open, 20));
  };
  open();
  onTestFinished(() => {
    isOver = true;
    current?.destroy();
  });
}

test('400 connections that do nothing and 60 that send what nobody signed: every signed call is answered, and kept', async () => {
  const { url, child, store, database } = await crowdedServer();
  const before = memoryOf(child.pid);
  for (let index = 0; index < 400; index += 1) keepConnected(url, () => undefined);

  const zeros = '0'.repeat(64);
  const post = (target: string, body: string): string => head(target, `Content-Length: ${body.length}`) + body;
  const token = (): string => `/production?signature=${zeros}&timestamp=${Date.now()}&nonce=${Math.random()}`;
  const long = `{"activity":"${'x'.repeat(1024 * 1024 - 15)}"}`;
  const floods: readonly (() => string)[] = [
    () => post(token(), composeBody(renewal('PL-evil', expireTime))),
    () => post(token(), long),
    () => post('/production', `${long}${long}`),
    () => post(`/production/${Math.random()}`, '{}'),
    () => post(`/${Math.random()}`, '{}'),
    () => 'garbage\r\n\r\n',
  ];
  let refused = 0;
  for (let index = 0; index < 60; index += 1) {
    keepConnected(url, (socket) => {
      const send = (): unknown => socket.write(floods[index % floods.length]?.() ?? '');
      send();
      socket.on('data', () => {
        refused += 1;
        send();
      });
    });
  }

  const load = new Load();
  const senders = Array.from({ length: 8 }, (_, sender) => load.send(store, sender));
  await expect.poll(() => load.acknowledged >= 150 && refused >= 60, { timeout: 60_000 }).toBe(true);
  load.stop();
  await Promise.all(senders);
  expect(load.refused).toBe(0);
  await load.expectKept(database);
  expect(memoryOf(child.pid) - before).toBeLessThan(300);
}, 90_000);

test('a server without a file left to open goes on with the connections it has, and takes others once there are files', async () => {
  const { url, child, store, output } = await crowdedServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const call = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = composeBody(renewal('PL-1', expireTime));
      const sent = request(`${url}/production?${store.query(body)}`, { method: 'POST', agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      });
      sent.on('error', reject).end(body);
    });
  expect(await call()).toContain('"000000"');
  child.kill('SIGUSR2');
  await expect.poll(output).toMatch(/files: [1-9]/);
  expect(await call()).toContain('"000000"');
  await expect(fetch(`${url}/healthz`, { signal: AbortSignal.timeout(500) })).rejects.toThrow();
  expect(await call()).toContain('"000000"');
  child.kill('SIGUSR2');
  await expect.poll(output).toContain('files: 0');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await store.send(renewal('PL-1', expireTime))).resultCode).toBe('000000');
});
