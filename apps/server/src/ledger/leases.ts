import { randomUUID } from 'node:crypto';
import type { Ledger } from './ledger.ts';
import { statement, type Work } from './work.ts';

/** What only one of the processes that share a ledger does at a time. */
export interface Leases {
  /**
   * Runs `work` unless another process is at the same task; resolves with whether it ran. A process that dies leaves its
   * task to others after `ms` milliseconds, so that is how long `work` may take.
   */
  alone(task: string, ms: number, work: () => Promise<void>): Promise<boolean>;
}

// Of several that take a task at the same moment, the first one's row is what the others find.
const take = statement(
  `INSERT INTO leases (name, holder, until) VALUES (?, ?, ?)
   ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE leases.until <= ?`,
);
const give = statement('DELETE FROM leases WHERE name = ? AND holder = ?');

/** `now` in milliseconds since the epoch; processes whose clocks differ take over earlier or later by as much. */
export function openLeases(ledger: Ledger, now: () => number): Leases {
  const holder = randomUUID();
  function* taken(task: string, ms: number): Work<boolean> {
    return (yield* take.run(task, holder, now() + ms, now())) > 0;
  }
  return {
    async alone(task, ms, work) {
      if (!(await ledger.run([`lease ${task}`], () => taken(task, ms)))) return false;
      try {
        await work();
      } finally {
        await ledger.run([`lease ${task}`], () => give.run(task, holder));
      }
      return true;
    },
  };
}
