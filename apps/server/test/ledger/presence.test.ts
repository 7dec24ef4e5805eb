import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { temporaryDirectory } from '../seller.ts';

/** A process that has taken an event and a task for a long time, and goes on holding the file. */
async function holding(file: string) {
  const source = `
    import { openDatabase } from '${new URL('../../src/ledger/database.ts', import.meta.url)}';
    const { connection } = await openDatabase('${file}');
    connection.exec("INSERT INTO leases (name, holder, until) VALUES ('pruning', 'it', 9e15)");
    connection.exec("INSERT INTO outbox (channel, event_id, type, subject, payload, created_at, attempts, next_attempt_at, claimed_until) VALUES ('webhook', 'evt_1', 'license.released', 'PL-1', x'00', 1, 1, 5, 9e15)");
    console.log('taken');
    setInterval(() => undefined, 1_000);`;
  const program = join(temporaryDirectory(), 'holding.mjs');
  writeFileSync(program, source);
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** Opens the file as a server does, and tells what is taken in it. */
async function takenIn(file: string) {
  const { connection, close } = await openDatabase(file);
  const leases = connection.prepare('SELECT name FROM leases').all().length;
  const [event] = connection.prepare('SELECT claimed_until, attempts, next_attempt_at FROM outbox').all();
  await close();
  return { leases, ...event };
}

test('what a server took is its own as long as it lives, and nobody’s from the moment it is killed', async () => {
  const file = join(temporaryDirectory(), 'server.db');
  const owner = await holding(file);
  expect(await takenIn(file)).toEqual({ leases: 1, claimed_until: 9e15, attempts: 1, next_attempt_at: 5 });
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  // The attempt that it may have died of stays counted, and its pause stands.
  expect(await takenIn(file)).toEqual({ leases: 0, claimed_until: null, attempts: 1, next_attempt_at: 5 });
});
