import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyRings } from '@koobridge/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { fileOf, newDatabase } from '../database.ts';
import { temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { syncsIn } from './syncs.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const tracing = [
  '-f',
  '-qq',
  '--seccomp-bpf',
  '-y',
  '-s',
  '8192',
  '-e',
  'trace=read,write,writev,pwrite64,fsync,fdatasync',
];
const canTrace = spawnSync('strace', ['-f', '-qq', '--seccomp-bpf', '-o', '/dev/null', 'true']).status === 0;

const claim = 'each answer leaves after its callback was synced to disk, and one sync serves many';

test.skipIf(!canTrace)(
  canTrace ? claim : `${claim}: not seen, because this machine has no strace that may trace`,
  async () => {
    const database = await newDatabase();
    const trace = join(temporaryDirectory(), 'trace');
    const environment = { ...credentials(), PORT: '0', DATABASE_URL: database, LOG_LEVEL: 'silent' };
    const tracer = spawn('strace', [...tracing, '-o', trace, process.execPath, main], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [announced] = await once(tracer.stdout, 'data');
    // Ended by its own id: strace would only let go of it.
    const traced = Number(readFileSync(`/proc/${tracer.pid}/task/${tracer.pid}/children`, 'utf8').trim());
    onTestFinished(() => void (tracer.exitCode === null && process.kill(traced, 'SIGKILL')));
    const url = /http:\S+/.exec(String(announced))?.[0];
    const store = storeCalling(
      () => `${url}/production`,
      KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS)),
      Date.now,
    );

    const orders = Array.from({ length: 80 }, (_, index) => `SY-${String(index).padStart(4, '0')}`);
    const answers = orders.map((orderId, index) =>
      store.send(renewal(`PL-${index % 7}`, '20300101000000', { orderId, orderLineId: `${orderId}-000001` })),
    );
    expect(new Set((await Promise.all(answers)).map(({ resultCode }) => resultCode))).toEqual(new Set(['000000']));
    process.kill(traced, 'SIGTERM');
    await once(tracer, 'exit');

    const { answered, unsynced, syncs } = syncsIn(
      readFileSync(trace, 'latin1'),
      `${fileOf(database)}-wal`,
      /SY-\d{4}/g,
    );
    expect(answered).toEqual(new Set(orders));
    expect(unsynced).toEqual([]);
    expect(syncs).toBeGreaterThan(0);
    expect(syncs).toBeLessThanOrEqual(orders.length);
  },
);

test('a trace in which an answer comes before the sync, or the sync is of another file', () => {
  const asked = (id: string) => `7 read(30<socket:[1]>, "POST /production {\\"orderId\\":\\"${id}\\"}", 65536) = 99`;
  const wrote = (id: string) => `7 pwrite64(20</d/server.db-wal>, "..${id}..", 4096, 32) = 4096`;
  const told = '7 write(30<socket:[1]>, "HTTP/1.1 200 OK {\\"resultCode\\":\\"000000\\"}", 99) = 99';
  const [sync, other] = ['wal', 'shm'].map((end) => `7 fdatasync(20</d/server.db-${end}>) = 0`);
  const late = '7 fdatasync(20</d/server.db-wal> <unfinished ...>';
  const read = (...lines: (string | undefined)[]) => syncsIn(lines.join('\n'), '/d/server.db-wal', /SY-\d/g);
  expect(read(asked('SY-1'), wrote('SY-1'), sync, told)).toMatchObject({ unsynced: [], syncs: 1 });
  expect(read(asked('SY-1'), wrote('SY-1'), told, sync)).toMatchObject({ unsynced: ['SY-1'], syncs: 0 });
  expect(read(asked('SY-1'), wrote('SY-1'), other, told)).toMatchObject({ unsynced: ['SY-1'] });
  expect(read(asked('SY-1'), sync, told)).toMatchObject({ unsynced: ['SY-1'] });
  expect(read(asked('SY-1'), wrote('SY-1'), late, told)).toMatchObject({ unsynced: ['SY-1'] });
  expect(read(asked('SY-1'), wrote('SY-1'), late, '7 <... fdatasync resumed>) = 0', told)).toMatchObject({
    unsynced: [],
  });
});
