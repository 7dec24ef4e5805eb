import { describe, expect, test } from 'vitest';
import { newDatabase, rowsOf } from '../database.ts';
import { runServer } from './server-process.ts';

const migrate = (environment: Readonly<Record<string, string>>, ...more: string[]) =>
  runServer(environment, 'kept', process.cwd(), ['migrate', ...more]).ended;

describe('koobridge-server migrate', () => {
  test('brings a database up to date with nothing but its address, as often as it is called', async () => {
    const database = await newDatabase();
    for (let call = 0; call < 2; call += 1) {
      expect(await migrate({ DATABASE_URL: database })).toMatchObject({
        code: 0,
        output: 'The database is up to date.\n',
      });
    }
    expect(await rowsOf(database, 'SELECT * FROM leases')).toEqual([]);
  }, 60_000);

  test('says what is wrong with an address, without telling it', async () => {
    const { code, output } = await migrate({ DATABASE_URL: 'mysql://user:hidden@db/x' });
    expect(code).toBe(2);
    expect(output).toContain('DATABASE_URL must be sqlite:<file> or postgres://');
    expect(output).not.toContain('hidden');
  });

  test('ends with 1 and one line where there is no database, and tells no password', async () => {
    const { code, output } = await migrate({ DATABASE_URL: 'postgres://user:hidden@127.0.0.1:9/ledger' });
    expect(code).toBe(1);
    expect(output).toMatch(
      /^koobridge-server cannot migrate: the ledger in PostgreSQL cannot be opened: .*ECONNREFUSED.*\n$/,
    );
    expect(output).not.toContain('hidden');
  });
});

test('any other command is refused with the help', async () => {
  for (const given of [['serve'], ['migrate', 'down']]) {
    const { code, output } = await runServer({}, 'kept', process.cwd(), given).ended;
    expect(code).toBe(2);
    expect(output).toContain('koobridge-server migrate ');
  }
  expect(await runServer({}, 'kept', process.cwd(), ['--help']).ended).toMatchObject({ code: 0 });
}, 60_000);
