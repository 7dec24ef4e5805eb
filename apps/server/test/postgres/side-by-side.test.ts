import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { questions } from '../../src/confirmation/questions.ts';
import { merged } from '../../src/ledger/merged.ts';
import { orderLines } from '../../src/ledger/order-lines.ts';
import { Overtaken, statement, type Work } from '../../src/ledger/work.ts';
import type { LicenseCommand } from '../../src/licenses/command.ts';
import type { StoredLicense } from '../../src/licenses/licenses.ts';
import { openLicenses } from '../../src/licenses/licenses.ts';
import { openOutbox } from '../../src/outbox/outbox.ts';
import { storageCipher } from '../../src/storage/cipher.ts';
import { newDatabase, open, rowsOf } from '../database.ts';

const outbox = openOutbox(storageCipher(randomBytes(32)), ['webhook', 'handler']);
const rules = { adoptLicenses: true, renewalUnfreezes: true, verifyAdoptions: true };
const licenses = openLicenses({ orderLines, questions, announce: outbox.put, rules });

async function newLedger() {
  const url = await newDatabase();
  const database = await open(url);
  onTestFinished(database.close);
  return { url, ledger: database.ledger };
}

const few = (prefix: string): fc.Arbitrary<string> => fc.nat(5).map((number) => `${prefix}-${number}`);
const refresh: fc.Arbitrary<LicenseCommand> = fc.record({
  activity: fc.constant('refreshLicenseCode' as const),
  scene: fc.constantFrom('NEW', 'RENEWAL', 'EXPIRE_TIME_SYNCHRONIZED'),
  license: few('PL'),
  orderId: few('CS'),
  orderLineId: few('CS-line'),
  productId: fc.option(few('OFFI'), { nil: undefined }),
  expireTime: fc.constant('20270101000000'),
  expiresAt: fc.nat(3).map((year) => Date.UTC(2027 + year)),
  testFlag: fc.constant(false),
  tokenTimestamp: fc.nat(10),
}) as never; // what the generator makes are such commands
const change: fc.Arbitrary<LicenseCommand> = fc.record({
  activity: fc.constant('updateLicenseCodeStatus' as const),
  license: few('PL'),
  status: fc.constantFrom('FREEZE' as const, 'UNFREEZE' as const),
  testFlag: fc.constant(false),
  tokenTimestamp: fc.nat(10),
});

describe('work that is carried out side by side', () => {
  test('comes to the same as one piece after the other, in the answers and in every table', async () => {
    const [together, alone] = [await newLedger(), await newLedger()];
    const tables = {
      licenses: 'SELECT * FROM licenses ORDER BY code',
      lines: 'SELECT * FROM order_lines ORDER BY order_id, order_line_id, activity, scene',
      confirmations: 'SELECT * FROM confirmations ORDER BY about, subject',
      outbox: `SELECT channel, type, subject, created_at, next_attempt_at FROM outbox ORDER BY subject, channel, id`,
    };
    const contents = (url: string) => Promise.all(Object.values(tables).map((sql) => rowsOf(url, sql)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(refresh, change), { minLength: 2, maxLength: 40 }), async (commands) => {
        const jobs = commands.map((command) => {
          const line = command.activity === 'refreshLicenseCode' ? [`${command.orderId} ${command.orderLineId}`] : [];
          return { touches: [command.license, ...line], work: () => licenses.apply(command, 1) };
        });
        const answers = await Promise.all(jobs.map(({ touches, work }) => together.ledger.run(touches, work)));
        const wanted = [];
        for (const { touches, work } of jobs) wanted.push(await alone.ledger.run(touches, work));
        expect(answers).toEqual(wanted);
        expect(await contents(together.url)).toEqual(await contents(alone.url));
      }),
      { numRuns: 12 },
    );
  });

  test('keeps every text and every byte as it was', async () => {
    const { ledger } = await newLedger();
    const insert = statement('INSERT INTO orders (order_id, order_line_id, fetched_at, data) VALUES (?, ?, ?, ?)');
    const find = statement<Row>('SELECT * FROM orders WHERE order_id = ? AND order_line_id = ?');
    const text = fc.oneof(
      fc.constantFrom('', 'NULL', 'null', '{}', '{a,b}', '"', '\\', "'", ',', ' ', '\n', '\\x41', '{"a":"\\""}'),
      fc.string({ unit: 'grapheme' }).map((any) => any.replaceAll('\0', '')),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, fc.uint8Array()), { minLength: 2, maxLength: 20 }), async (given) => {
        run += 1;
        const rows = given.map(([line, data], at) => [`${run}-${at}`, line, at, data] as const);
        await Promise.all(rows.map(([id, ...rest]) => ledger.run([id], () => insert.run(id, ...rest))));
        // A look-up in work that touches nothing is merged too.
        const found = await Promise.all(rows.map(([id, line]) => ledger.run([], () => find.all(id, line))));
        expect(found).toEqual(
          rows.map(([order_id, order_line_id, fetched_at, data]) => [
            { order_id, order_line_id, fetched_at, data: Buffer.from(data) },
          ]),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('fails alone where a row had changed meanwhile, and spoils no other', async () => {
    const { ledger } = await newLedger();
    const freeze = {
      activity: 'updateLicenseCodeStatus',
      status: 'FREEZE',
      testFlag: false,
      tokenTimestamp: 1,
    } as const;
    const codes = Array.from({ length: 6 }, (_, at) => `PL-${at}`);
    const find = (code: string): Promise<StoredLicense> =>
      ledger.read(function* (): Work<StoredLicense> {
        return (yield* licenses.find(code)) ?? expect.fail('it was just adopted');
      });
    for (const license of codes) await ledger.run([license], () => licenses.apply({ ...freeze, license }, 1));
    const stored = await Promise.all(codes.map(find));
    const outdated = stored[2] ?? expect.fail();
    await ledger.run(['PL-2'], () => licenses.correctExpiry(outdated, 10, 2));
    const saved = stored.map((each) => ledger.run([each.license.code], () => licenses.correctExpiry(each, 20, 3)));
    const outcomes = await Promise.allSettled(saved);
    expect(outcomes.map((each) => (each.status === 'rejected' ? each.reason : 'saved'))).toEqual(
      codes.map((code) => (code === 'PL-2' ? expect.any(Overtaken) : 'saved')),
    );
    const after = await Promise.all(codes.map(find));
    expect(after.map(({ license }) => license.expiresAt)).toEqual(codes.map((code) => (code === 'PL-2' ? 10 : 20)));
  });

  test('writes in the order in which each piece wrote', async () => {
    const { ledger } = await newLedger();
    const put = statement('INSERT INTO leases (name, holder, until) VALUES (?, ?, ?)');
    const remove = statement('DELETE FROM leases WHERE name = ?');
    const find = statement<{ holder: string }>('SELECT holder FROM leases WHERE name = ?');
    const replace = (name: string) =>
      function* (): Work<string | undefined> {
        yield* put.write(name, 'first', 1);
        yield* remove.write(name);
        yield* put.write(name, 'second', 1);
        return (yield* find.first(name))?.holder;
      };
    for (let turn = 0; turn < 2; turn += 1) {
      const names = Array.from({ length: 5 }, (_, at) => `${turn}-${at}`);
      expect(await Promise.all(names.map((name) => ledger.run([name], replace(name))))).toEqual(
        names.map(() => 'second'),
      );
    }
  });
});

interface Row {
  readonly order_id: string;
  readonly order_line_id: string;
  readonly fetched_at: number;
  readonly data: Uint8Array;
}

describe('statements for many', () => {
  test.each([
    ['an update, which has no form for many', 'UPDATE leases SET until = ? WHERE name = ?', ['bigint', 'text']],
    ['one without parameters', 'SELECT 1 FROM leases', []],
    ['one that inserts what it selects', 'INSERT INTO leases SELECT ? FROM leases', ['text']],
  ])('there is none of %s', (_, sql, types) => {
    expect(merged(sql, types)).toBeUndefined();
  });
});
