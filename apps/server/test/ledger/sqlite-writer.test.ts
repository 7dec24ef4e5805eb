import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { statement, type Value, type Work } from '../../src/ledger/work.ts';
import { lockFile } from '../ledger-content.ts';
import { temporaryDirectory } from '../seller.ts';

async function openLedger() {
  const file = join(temporaryDirectory(), 'server.db');
  const lost = vi.fn();
  const { connection, ledger, ...database } = await openDatabase(file, lost);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= database.close();
    return closing;
  };
  onTestFinished(close);
  connection.exec('CREATE TABLE kept (name PRIMARY KEY, value)');
  return { file, ledger, lost, close };
}

const insert = statement('INSERT INTO kept VALUES (?, ?)');
const find = statement<{ value: Value }>('SELECT value FROM kept WHERE name = ?');
const change = statement('UPDATE kept SET value = ? WHERE name = ?');

function* put(name: string, value: Value): Work<void> {
  yield* insert.write(name, value);
}

const kept = (name: string) =>
  function* (): Work<Value | undefined> {
    return (yield* find.first(name))?.value;
  };

describe('the thread that writes', () => {
  test('keeps every text, number and byte as it was, whatever lies around it in memory', async () => {
    const { ledger } = await openLedger();
    const bytes = fc
      .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(20), fc.nat(20))
      .map(([all, from, length]) => Buffer.from(all).subarray(from, from + length));
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.double({ noNaN: true }), bytes);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.option(value), async (given) => {
        count += 1;
        const name = `v${count}`;
        await ledger.run([], () => put(name, given));
        const found = await ledger.read(kept(name));
        expect(found instanceof Uint8Array ? [...found] : found).toEqual(
          given instanceof Uint8Array ? [...given] : given,
        );
      }),
    );
  });

  test('undoes a transaction of which a statement fails, and goes on', async () => {
    const { ledger } = await openLedger();
    await ledger.run([], () => put('a', 1));
    const failing = ledger.run([], function* () {
      yield* put('b', 2);
      yield* put('a', 3);
    });
    await expect(failing).rejects.toThrow('UNIQUE');
    expect(await Promise.all(['a', 'b'].map((name) => ledger.read(kept(name))))).toEqual([1, undefined]);
    await ledger.run([], () => put('b', 4));
    expect(await ledger.read(kept('b'))).toBe(4);
  });

  test('a change that finds nothing to change undoes its transaction too', async () => {
    const { ledger } = await openLedger();
    const failing = ledger.run([], function* () {
      yield* put('a', 1);
      yield* change.change(2, 'nobody');
    });
    await expect(failing).rejects.toThrow(expect.objectContaining({ name: 'Overtaken' }));
    expect(await ledger.read(kept('a'))).toBeUndefined();
  });

  test('what is submitted while a transaction is under way sees what that did', async () => {
    const { ledger } = await openLedger();
    await ledger.run([], () => put('n', 0));
    const add = function* (): Work<void> {
      yield* change.change(Number((yield* find.first('n'))?.value) + 1, 'n');
    };
    const adding: Promise<void>[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      adding.push(ledger.run(['n'], add), ledger.run(['n'], add));
      await new Promise(setImmediate);
    }
    await Promise.all(adding);
    expect(await ledger.read(kept('n'))).toBe(100);
  });

  test('writes to several files, and mixes up none', async () => {
    const [one, other] = [await openLedger(), await openLedger()];
    await Promise.all([one.ledger.run([], () => put('a', 'one')), other.ledger.run([], () => put('a', 'other'))]);
    expect(await one.ledger.read(kept('a'))).toBe('one');
    await one.close();
    await other.ledger.run([], () => put('b', 'still'));
    expect(await other.ledger.read(kept('b'))).toBe('still');
  });

  test('moves its log to the file in a pause', async () => {
    const { file, ledger } = await openLedger();
    for (let count = 0; count < 120; count += 1) await ledger.run([], () => put(`v${count}`, count));
    // What the file holds without its log.
    const moved = () => {
      const alone = new DatabaseSync(`file:${file}?immutable=1`, { readOnly: true });
      const has = alone.prepare("SELECT count(*) AS made FROM sqlite_master WHERE name = 'kept'").get()?.['made'] === 1;
      const count = has ? alone.prepare('SELECT count(*) AS rows FROM kept').get()?.['rows'] : 0;
      alone.close();
      return count;
    };
    await expect.poll(moved).toBe(120);
  });

  test('when it dies, whoever waits is told, and so is whoever comes later; a new file gets a new one', async () => {
    const { file, ledger, lost } = await openLedger();
    const posting = vi.spyOn(Worker.prototype, 'postMessage');
    const unlock = lockFile(file); // so that it waits
    const waiting = expect(ledger.run([], () => put('a', 1))).rejects.toThrow('thread');
    await expect.poll(() => posting.mock.contexts.length).toBeGreaterThan(0);
    await (posting.mock.contexts[0] as unknown as Worker).terminate();
    posting.mockRestore();
    await waiting;
    unlock();
    expect(lost).toHaveBeenCalledTimes(1);
    await expect(ledger.run([], () => put('a', 1))).rejects.toThrow('thread');
    const another = await openLedger();
    await another.ledger.run([], () => put('a', 2));
    expect(await another.ledger.read(kept('a'))).toBe(2);
  });
});
