import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databaseAddress } from '../../src/config/config.ts';
import { readCopy } from '../../src/copy/command.ts';
import { copyDatabase } from '../../src/copy/copy-database.ts';
import { isOfLedger } from '../../src/copy/side.ts';
import { type Message, renewal } from '../callbacks.ts';
import { open, rowsOf } from '../database.ts';
import { everyActivity } from '../instances/every-activity.ts';
import { tenant } from '../kit/messages.ts';
import { recordsOf } from '../kit/records.ts';
import { kitStore } from '../kit/store.ts';
import { readLedger } from '../ledger-content.ts';
import { startReceiver } from '../outbox/receiver.ts';
import { runServer } from '../process/server-process.ts';
import { type Seller, startSeller, temporaryDirectory } from '../seller.ts';
import { orderAnswer, startStore } from '../store-stand-in.ts';
import { asked, bareDatabase } from './databases.ts';

const address = (url: string) => databaseAddress({ DATABASE_URL: url, DATABASE_CONNECTIONS: 3 });

const newFile = () => `sqlite:${join(temporaryDirectory(), 'server.db')}`;

const command = (...given: string[]) => runServer({}, 'kept', temporaryDirectory(), ['copy-database', ...given]).ended;

async function copied(from: string, to: string): Promise<readonly string[]> {
  const tables: string[] = [];
  await copyDatabase(address(from), address(to), (table) => tables.push(table));
  return tables;
}

/** Every table of a database, whether the copying knows of it or not. */
async function tablesOf(url: string): Promise<readonly string[]> {
  const ofSqlite = "SELECT name FROM sqlite_schema WHERE type = 'table'";
  const ofPostgres = 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()';
  const rows = await rowsOf<{ name: string }>(url, url.startsWith('sqlite:') ? ofSqlite : ofPostgres);
  return rows.map(({ name }) => name).filter(isOfLedger);
}

const count = async (url: string, table: string): Promise<number> =>
  (await rowsOf<{ count: number }>(url, `SELECT count(*) AS count FROM ${table}`))[0]?.count ?? 0;

/** The calls of a seller's life, each with the token it came with. */
async function live(seller: Seller) {
  const calls = [renewal('PL-1', '20270101000000'), renewal('PL-2', '20280101000000', { productId: 'P-\u0000' })];
  const sent: { message: Message; nonce: string }[] = [];
  const send = async (message: Message) => {
    const nonce = randomUUID();
    sent.push({ message, nonce });
    return seller.store.send(message, { nonce });
  };
  for (const call of calls) await send(call);
  const { body } = await send(everyActivity.newInstance());
  const id = String(body['instanceId']);
  await send(everyActivity.refreshInstance(id));
  await send(everyActivity.updateInstanceStatus(id));
  await send(everyActivity.getLicenseAsync(id));
  await send(everyActivity.orderNotify());
  await kitStore(seller).send('tenantSync', tenant('T-1'));
  return { id, sent };
}

test('a ledger that was used goes to PostgreSQL and back, and the server goes on there as if nothing had happened', async () => {
  let refuses = true;
  const receiver = await startReceiver((response) => response.writeHead(refuses ? 503 : 204).end());
  const clock = { now: Date.now() }; // the receiver goes by real time, up to five minutes
  // One order is known, so that the orders have a row, and the questions about the others stay open.
  const store = await startStore(
    { order: (id, line) => (id.endsWith('3') ? orderAnswer(id, line, '20270101000000') : { resultCode: 'MKT.9999' }) },
    () => clock.now,
  );
  const [from, to, back] = [newFile(), await bareDatabase(), newFile()];
  const seller = await startSeller({
    environment: {
      DATABASE_URL: from,
      EVENTS_URL: receiver.url,
      EVENTS_SECRET: receiver.secret,
      ...store.environment,
    },
    clock,
  });
  const { id, sent } = await live(seller);
  await expect.poll(() => count(from, 'orders')).toBeGreaterThan(0);
  await expect.poll(() => receiver.requests.length).toBeGreaterThan(0);
  await expect.poll(() => count(from, "outbox WHERE channel = 'handler'")).toBe(0);
  const repeated = [];
  for (const { message } of sent) repeated.push((await seller.store.send(message)).text);
  await expect(copied(from, to)).rejects.toThrow('is in use: stop the server first');
  expect(await tablesOf(to)).toEqual([]);

  await seller.stop();
  const before = await readLedger(from);
  const { code, output } = await command('--from', from, '--to', to);
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Copied and compared: ') });
  expect(output).not.toContain(new URL(to).password);
  const tables = await tablesOf(from);
  expect((await tablesOf(to)).toSorted()).toEqual(tables.toSorted());
  // Only a running server has a lease.
  for (const table of tables.filter((each) => each !== 'leases')) {
    expect([table, await count(from, table)]).not.toEqual([table, 0]);
    expect([table, await count(to, table)]).toEqual([table, await count(from, table)]);
  }
  expect(await copied(to, back)).toHaveLength(tables.length);
  expect(await readLedger(from)).toEqual(before);
  const replaced = JSON.parse(JSON.stringify(before).replaceAll('\\u0000', '\ufffd'));
  expect(JSON.parse(JSON.stringify(await readLedger(back)))).toEqual(replaced);

  refuses = false;
  const heardBefore = receiver.requests.length;
  await seller.restart({ DATABASE_URL: to });
  for (const [index, { message, nonce }] of sent.entries()) {
    expect((await seller.store.send(message, { nonce })).resultCode).toBe('000001');
    expect((await seller.store.send(message)).text).toBe(repeated[index]);
  }
  expect((await seller.instance(id)).status).toBe('FROZEN');
  expect((await seller.license('PL-1')).expiresAt).toBe('2027-01-01T00:00:00.000Z');
  expect(await recordsOf(seller, 'T-1')).toMatchObject([{ kind: 'tenant' }]);
  clock.now += 4 * 60_000;
  await expect.poll(() => count(to, "outbox WHERE channel = 'webhook'")).toBe(0);
  const heard = receiver.requests.slice(heardBefore).map(({ event }) => event.id);
  expect(new Set(heard).size).toBe(heard.length);
  expect(heard.toSorted()).toEqual([...new Set(before.outbox.map(({ event_id }) => event_id))].toSorted());
  // Ids count on: a new callback is the newest.
  expect((await seller.store.send(renewal('PL-9', '20290101000000'))).resultCode).toBe('000000');
  expect((await readLedger(to)).receipts.at(-1)).toMatchObject({ subject: 'PL-9' });
}, 120_000);

describe('copy-database refuses, and changes nothing', () => {
  test('a target that holds anything, a database in use, and a source without a ledger or of another version', async () => {
    const [full, empty] = [newFile(), newFile()];
    await (await open(full)).close();
    await rowsOf(full, "INSERT INTO leases VALUES ('kept', 'dead', 1) RETURNING name");
    await (await open(empty)).close();
    await expect(copied(empty, full)).rejects.toThrow('the target is not empty: it has rows in leases');
    await expect(copied(newFile(), empty)).rejects.toThrow('there is no file');
    await expect(copied(full, full)).rejects.toThrow('is in use');

    const postgres = await bareDatabase();
    await expect(copied(postgres, empty)).rejects.toThrow('the source holds no ledger');
    const server = await startSeller({ environment: { DATABASE_URL: postgres } });
    await expect(copied(postgres, empty)).rejects.toThrow('a server is connected to the database');
    await expect(copied(full, postgres)).rejects.toThrow('a server is connected to the database');
    await server.stop();
    await expect(copied(full, postgres)).rejects.toThrow('the target is not empty: it has rows in storage_key_check');
    await asked(postgres, "DELETE FROM kysely_migration WHERE name LIKE '0003%'");
    await expect(copied(postgres, empty)).rejects.toThrow('the source has the schema of another version');
  });

  test('a row that does not arrive as it was: nothing is committed', async () => {
    const [from, to] = [newFile(), await bareDatabase()];
    await (await open(from)).close();
    await rowsOf(from, "INSERT INTO leases VALUES ('kept', 'somebody', 1) RETURNING name");
    await (await open(to)).close();
    await asked(
      to,
      `CREATE FUNCTION spoil() RETURNS trigger AS $$ BEGIN NEW.until := NEW.until + 1; RETURN NEW; END $$ LANGUAGE plpgsql;
       CREATE TRIGGER spoil BEFORE INSERT ON leases FOR EACH ROW EXECUTE FUNCTION spoil()`,
    );
    await expect(copied(from, to)).rejects.toThrow('leases did not arrive as it was');
    expect(await count(to, 'leases')).toBe(0);
  });

  test('a call that is wrong, with 2 and what is wrong with it', async () => {
    const { code, output } = await command('--to', 'mysql://user:hidden@db/x', '--from', 'nothing');
    expect(code).toBe(2);
    expect(output).toMatch(/--from must be sqlite:<file> or postgres.*\n.*--to must be sqlite:<file> or postgres/);
    expect(output).not.toContain('hidden');
    for (const given of [[], ['--to'], ['--to', 'sqlite:a', 'more'], ['--over', 'sqlite:a']]) {
      expect(readCopy(given, {}, {})).toEqual({ ok: false, problems: [expect.stringContaining('--to <database>')] });
    }
    const here = { DATABASE_URL: 'sqlite:here' };
    expect(readCopy(['--to', 'sqlite:there'], here, {})).toMatchObject({
      from: { file: 'here' },
      to: { file: 'there' },
    });
  });
});

test('more than a batch, with every kind of value, arrives whole', async () => {
  const [from, to] = [newFile(), await bareDatabase()];
  await (await open(from)).close();
  await rowsOf(
    from,
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
     INSERT INTO outbox SELECT i * 1000000007, 'webhook', 'e"' || i, '{,}\\', char(233, 128512, 10), randomblob(i % 300),
       1767225600123, i, iif(i % 2, NULL, -i), NULL, iif(i % 3, '', 'NULL'), NULL, 0 FROM n RETURNING id`,
  );
  await copied(from, to);
  expect(await rowsOf(to, 'SELECT * FROM outbox ORDER BY id')).toEqual(
    (await readLedger(from)).outbox.map((row) => ({ ...row, payload: Buffer.from(row.payload) })),
  );
});
