import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { KeyRings } from '@koobridge/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { newDatabase } from '../database.ts';
import { storeCalling } from '../store.ts';
import { startServerProcess } from './server-process.ts';

/** Lets every sync of a process take a minute. */
async function hangDiskOf(pid: number | undefined): Promise<void> {
  const delayed = 'inject=fsync,fdatasync:delay_enter=60s';
  const tracer = spawn('strace', ['-f', '-o', '/dev/null', '-e', delayed, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void tracer.kill('SIGKILL'));
  const [said] = await once(tracer.stderr, 'data');
  if (!String(said).includes('attached')) throw new Error(String(said));
}

/** Whether nothing of a process runs any more, whoever has still to be told. */
function hasEnded(pid: number | undefined): boolean {
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || /^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

const sleeper = spawn('sleep', ['5']);
const canAttach =
  spawnSync('timeout', ['1', 'strace', '-f', '-qq', '-o', '/dev/null', '-p', String(sleeper.pid)]).status === 124;
sleeper.kill();

const claim = 'while the disk hangs, the server answers in time (R9), and ends when it is told to';

test.skipIf(!canAttach)(canAttach ? claim : `${claim}: not seen, because nothing may be traced here`, async () => {
  const environment = { ...credentials(), PORT: '0', DATABASE_URL: await newDatabase(), LOG_LEVEL: 'silent' };
  const server = await startServerProcess(environment);
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const store = storeCalling(() => `${server.url}/production`, keys, Date.now);
  const call = (orderId: string) =>
    store.send(renewal('PL-1', '20300101000000', { orderId, orderLineId: `${orderId}-000001` }));
  expect(await call('HD-1')).toMatchObject({ resultCode: '000000' });
  await hangDiskOf(server.child.pid);
  const order: string[] = [];
  const answered = call('HD-2').then((answer) => {
    order.push('callback');
    return answer;
  });
  const looks = await Promise.all(
    ['healthz', 'readyz'].map(async (path) => {
      const { status } = await fetch(`${server.url}/${path}`);
      order.push(path);
      return status;
    }),
  );
  expect(looks).toEqual([200, 503]);
  expect(await answered).toMatchObject({ resultCode: '000005' });
  expect(order).toEqual(['healthz', 'readyz', 'callback']);
  server.child.kill('SIGTERM');
  // It cannot close its file, and is not kept from ending by that.
  await expect.poll(() => hasEnded(server.child.pid)).toBe(true);
});
