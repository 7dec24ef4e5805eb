import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { credentials, newKey } from '../credentials.ts';
import { configOf, temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { type StandardError, startServerProcess } from './server-process.ts';

/** A full disk, as Linux plays it. */
const fullDevice = '/dev/full';
const wheres: readonly (readonly [string, () => StandardError])[] = [
  ['a pipe that nobody reads', () => 'unread'],
  ...(existsSync(fullDevice) ? [['a full disk', () => openSync(fullDevice, 'w')] as const] : []),
];

test.each(wheres)('callbacks go on when the log goes to %s, and the server stops as ever', async (_name, where) => {
  const DATABASE_URL = `sqlite:${join(temporaryDirectory(), 'server.db')}`;
  const environment = { ...credentials(), DATABASE_URL, PORT: '0', LOG_LEVEL: 'debug' };
  const server = await startServerProcess(environment, where());
  const store = storeCalling(() => `${server.url}/production`, configOf(environment).keys, Date.now);
  const refused = await store.send(renewal('PL-0', '20270101000000'), { key: newKey('theirs') });
  expect(refused.resultCode).toBe('000001');
  for (let round = 0; round < 20; round += 1) {
    const calls = Array.from({ length: 100 }, (_, index) => renewal(`PL-${round}-${index}`, '20270101000000'));
    const answers = await Promise.all(calls.map((call) => store.send(call)));
    expect(answers.filter(({ resultCode }) => resultCode !== '000000')).toEqual([]);
  }
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, signal: null });
});
