import pg from 'pg';
import { type Renewal, serveNaively } from './naive.ts';

/** The naive server on the PostgreSQL that DATABASE_URL names: a pool of ten, which is what pg has by itself. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(`
  CREATE TABLE nonces (nonce text PRIMARY KEY, used_at bigint NOT NULL);
  CREATE TABLE receipts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, received_at bigint NOT NULL, license text NOT NULL,
    order_id text NOT NULL, order_line_id text NOT NULL, body text NOT NULL
  );
  CREATE TABLE licenses (code text PRIMARY KEY, expires_at text NOT NULL, updated_at bigint NOT NULL);
`);

serveNaively('naive-postgres', async ({ nonce, body, code, orderId, orderLineId, expiresAt, now }: Renewal) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const taken = await client.query('INSERT INTO nonces (nonce, used_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      nonce,
      now,
    ]);
    const isNew = taken.rowCount === 1;
    if (isNew) {
      await client.query(
        'INSERT INTO receipts (received_at, license, order_id, order_line_id, body) VALUES ($1, $2, $3, $4, $5)',
        [now, code, orderId, orderLineId, body],
      );
      await client.query(
        `INSERT INTO licenses (code, expires_at, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (code) DO UPDATE SET expires_at = excluded.expires_at, updated_at = excluded.updated_at`,
        [code, expiresAt, now],
      );
    }
    await client.query('COMMIT');
    return isNew;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
});
