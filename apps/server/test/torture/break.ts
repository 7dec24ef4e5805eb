import { DatabaseSync } from 'node:sqlite';

/**
 * Loaded before a server, with the defect's name as `?defect=`: breaks one promise of the server's, so that it is seen
 * whether the harness notices.
 */
export const defects = {
  /** Answers leave, and the commit comes a second later. */
  'commits late': { lateMs: 1_000 },
  'announces nothing': { dropped: /^\s*INSERT INTO outbox/ },
  'forgets order lines': { dropped: /^\s*INSERT INTO order_lines/ },
  'takes a token twice': {
    rewritten: [
      ['SELECT 1 FROM receipts WHERE nonce', 'SELECT 1 FROM receipts WHERE 0 AND nonce'],
      ['INSERT INTO receipts', 'INSERT OR IGNORE INTO receipts'],
    ],
  },
  'keeps no change of status': { rewritten: [['status = excluded.status', 'status = status']] },
} as const satisfies Readonly<Record<string, Defect>>;

interface Defect {
  readonly lateMs?: number;
  /** Statements that are not carried out. */
  readonly dropped?: RegExp;
  /** What stands in statements, and what is put there instead. */
  readonly rewritten?: readonly (readonly [string, string])[];
}

const name = new URL(import.meta.url).searchParams.get('defect');
const defect: Defect | undefined = Object.entries(defects).find(([known]) => known === name)?.[1];
if (defect !== undefined) bring(defect);

function bring({ lateMs, dropped, rewritten = [] }: Defect): void {
  const { exec, prepare } = DatabaseSync.prototype;
  // What the start does is kept, so that there is a server to be seen.
  let serves = false;
  const told = { changes: 1, lastInsertRowid: 0 };
  DatabaseSync.prototype.prepare = function (sql, ...options) {
    if (/^\s*INSERT INTO receipts/.test(sql)) serves = true;
    const changed = rewritten.reduce((text, [from, to]) => text.replace(from, to), sql);
    const statement = prepare.call(this, changed, ...options);
    // However it is asked for, a commit that is to be late comes from one place.
    if (/^(BEGIN|COMMIT)\b/.test(sql)) {
      statement.run = () => {
        this.exec(sql);
        return told;
      };
    }
    if (dropped?.test(sql) === true) statement.run = () => told;
    return statement;
  };
  if (lateMs === undefined) return;
  const late = new WeakSet<DatabaseSync>();
  DatabaseSync.prototype.exec = function (sql) {
    if (sql.startsWith('BEGIN') && late.has(this)) return;
    if (sql !== 'COMMIT' || !serves) return exec.call(this, sql);
    if (late.has(this)) return;
    late.add(this);
    setTimeout(() => {
      late.delete(this);
      exec.call(this, 'COMMIT');
    }, lateMs);
  };
}
