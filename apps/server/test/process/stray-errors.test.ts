import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyRings } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { purchase } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { newDatabase } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { startServerProcess } from './server-process.ts';

/** A server whose handler of a purchase is `body`, as a configuration file holds it. */
async function aServerWith(body: string) {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(directory, 'koobridge.config.ts'),
    `export default { handlers: { provisioning: { 'instance.created': async () => { ${body} } } } };`,
  );
  const database = await newDatabase();
  const environment = { ...credentials(), PORT: '0', DATABASE_URL: database, LOG_LEVEL: 'warn' };
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const start = () => startServerProcess(environment, 'kept', directory);
  const buy = ({ url }: { url: string }) => storeCalling(() => `${url}/production`, keys, Date.now).send(purchase());
  return { database, start, buy };
}

test('a handler that forgot an await costs a line and a count, and the server serves on', async () => {
  const { database, start, buy } = await aServerWith(`Promise.reject(new Error('nobody waits')); return undefined;`);
  const server = await start();
  await buy(server);
  await expect.poll(async () => (await readLedger(database)).outbox).toEqual([]);
  await expect.poll(server.output).toContain('nobody waits');
  expect(server.output()).toContain('an await is missing');
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('koobridge_stray_errors_total{kind="rejection"} 1');
  expect((await buy(server)).resultCode).toBe('000000');
});

test('what a handler throws is told with its message and where it was thrown, the message cut', async () => {
  const { start, buy } = await aServerWith(`throw new RangeError('host 7 is full ' + 'x'.repeat(100_000));`);
  const server = await start();
  await buy(server);
  await expect.poll(server.output).toContain('a handler threw');
  const line = server
    .output()
    .split('\n')
    .find((each) => each.includes('a handler threw'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    handler: 'instance.created',
    error: expect.stringMatching(/^RangeError: host 7 is full/),
    stack: expect.stringContaining('RangeError'),
  });
  expect(line?.length).toBeLessThan(10_000);
});

test('an exception out of a timer of a handler stops the server with 1, and comes again after a pause only', async () => {
  const { database, start, buy } = await aServerWith(
    `setTimeout(() => { throw new Error('out of a timer'); }, 300); return new Promise(() => undefined);`,
  );
  const first = await start();
  const answered = await buy(first);
  const { code, output } = await first.ended;
  expect(answered.resultCode).toBe('000000');
  expect(code).toBe(1);
  expect(output).toContain('out of a timer');
  // Its attempt counts, and the next one comes after a pause that grows from process to process.
  const pauseAfter = async (attempts: number): Promise<number> => {
    const [row] = (await readLedger(database)).outbox;
    expect(row).toMatchObject({ attempts, dead_at: null, claimed_until: null });
    return (row?.next_attempt_at ?? 0) - Date.now();
  };
  expect(await pauseAfter(1)).toBeLessThan(2_000);
  const second = await start();
  expect((await second.ended).code).toBe(1);
  expect(await pauseAfter(2)).toBeGreaterThan(1_000);
});
