import { DatabaseSync } from 'node:sqlite';
import { type Renewal, serveNaively } from './naive.ts';

/** The naive server on the SQLite file that DATABASE_FILE names: WAL, synchronous=FULL, statements prepared once. */
const database = new DatabaseSync(process.env['DATABASE_FILE'] ?? '');
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE nonces (nonce TEXT PRIMARY KEY, used_at INTEGER NOT NULL);
  CREATE TABLE receipts (
    id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, license TEXT NOT NULL, order_id TEXT NOT NULL,
    order_line_id TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE TABLE licenses (code TEXT PRIMARY KEY, expires_at TEXT NOT NULL, updated_at INTEGER NOT NULL);
`);
const takeNonce = database.prepare('INSERT INTO nonces (nonce, used_at) VALUES (?, ?) ON CONFLICT DO NOTHING');
const addReceipt = database.prepare(
  'INSERT INTO receipts (received_at, license, order_id, order_line_id, body) VALUES (?, ?, ?, ?, ?)',
);
const putLicense = database.prepare(
  `INSERT INTO licenses (code, expires_at, updated_at) VALUES (?, ?, ?)
   ON CONFLICT (code) DO UPDATE SET expires_at = excluded.expires_at, updated_at = excluded.updated_at`,
);

serveNaively('naive-sqlite', ({ nonce, body, code, orderId, orderLineId, expiresAt, now }: Renewal) => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const isNew = takeNonce.run(nonce, now).changes > 0;
    if (isNew) {
      addReceipt.run(now, code, orderId, orderLineId, body);
      putLicense.run(code, expiresAt, now);
    }
    database.exec('COMMIT');
    return isNew;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
});
