import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { TestCode } from './test-code.ts';

export interface TestCodes {
  find(code: string): TestCode | undefined;
  /** Oldest first, behind the code `after`. */
  list(after: string | undefined, limit: number): TestCode[];
  /** The number that the next code gets. */
  nextNumber(): number;
  save(code: TestCode): void;
}

export function storedTestCodes(database: DatabaseSync): TestCodes {
  const byCode = query(database, TestCode, 'SELECT * FROM testCodes WHERE code = $code');
  const behind = query(
    database,
    TestCode,
    `SELECT * FROM testCodes
     WHERE rowid > coalesce((SELECT rowid FROM testCodes WHERE code = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const last = query(
    database,
    z.object({ number: z.number() }),
    'SELECT coalesce(max(rowid), 0) AS number FROM testCodes',
  );
  const upsert = database.prepare(
    `INSERT INTO testCodes VALUES ($code, $validity, $appliedAt, $startsAt, $activatedAt, $checkedAt)
     ON CONFLICT (code) DO UPDATE
     SET validity = $validity, startsAt = $startsAt, activatedAt = $activatedAt, checkedAt = $checkedAt`,
  );
  return {
    find: (code) => byCode.one({ code }),
    list: (after, limit) => behind.all({ after: after ?? null, limit }),
    nextNumber: () => (last.one()?.number ?? 0) + 1,
    save: (code) => void upsert.run({ ...code }),
  };
}
