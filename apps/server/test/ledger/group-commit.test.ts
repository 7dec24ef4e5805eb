import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { LedgerOverloaded, waitingLimit } from '../../src/ledger/ledger.ts';
import { statement, type Work } from '../../src/ledger/work.ts';
import { lockFile } from '../ledger-content.ts';
import { temporaryDirectory } from '../seller.ts';

/** A ledger with one table of its own, and what its writing connection was told. */
async function openLedger() {
  const file = join(temporaryDirectory(), 'server.db');
  const { connection, writer, ledger, close } = await openDatabase(file);
  onTestFinished(close);
  connection.exec('CREATE TABLE written (value TEXT)');
  const { step: real } = writer;
  const step = vi.spyOn(writer, 'step');
  return {
    file,
    ledger,
    real,
    step,
    write: (value: string) =>
      function* (): Work<string> {
        yield* insert.run(value);
        return value;
      },
    commits: () => step.mock.calls.filter(([{ ends }]) => ends === 'COMMIT').length,
    written: () => written(connection),
  };
}

const insert = statement('INSERT INTO written VALUES (?)');

const written = (connection: DatabaseSync) =>
  connection
    .prepare('SELECT value FROM written')
    .all()
    .map(({ value }) => value);

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `w${index}`);

describe('work that is submitted in one turn shares one transaction', () => {
  test('100 pieces are one commit, in order, each with its own value', async () => {
    const { ledger, write, commits, written } = await openLedger();
    const values = numbered(100);
    expect(await Promise.all(values.map((value) => ledger.run([], write(value))))).toEqual(values);
    expect(commits()).toBe(1);
    expect(written()).toEqual(values);
  });

  test('600 pieces are a few commits, and none is lost', async () => {
    const { ledger, write, commits, written } = await openLedger();
    const values = numbered(600);
    await Promise.all(values.map((value) => ledger.run([], write(value))));
    expect(commits()).toBe(3);
    expect(written()).toEqual(values);
  });

  test('nothing is told before the commit', async () => {
    const { ledger, write, written } = await openLedger();
    const seen = ledger.run([], write('a')).then(written);
    expect(written()).toEqual([]);
    expect(await seen).toEqual(['a']);
  });
});

describe('work that throws inside a batch', () => {
  test('is undone and rejected by itself, and spoils no other', async () => {
    const { ledger, write, commits, written } = await openLedger();
    const values = numbered(5);
    const failing = function* (): Work<never> {
      yield* write('half done')();
      throw new Error('broken');
    };
    const outcomes = await Promise.allSettled([
      ...values.slice(0, 3).map((value) => ledger.run([], write(value))),
      ledger.run([], failing),
      ...values.slice(3).map((value) => ledger.run([], write(value))),
    ]);
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message)),
    ).toEqual(['w0', 'w1', 'w2', 'broken', 'w3', 'w4']);
    expect(written()).toEqual(values);
    expect(commits()).toBe(values.length);
  });

  test('is retried alone: what fails only in company succeeds', async () => {
    const { ledger, write, written } = await openLedger();
    let tries = 0;
    const once = (): Work<string> => {
      tries += 1;
      if (tries === 1) throw new Error('only the first time');
      return write('second try')();
    };
    expect(await Promise.all([ledger.run([], write('a')), ledger.run([], once)])).toEqual(['a', 'second try']);
    expect(written()).toEqual(['a', 'second try']);
  });

  test('a lock that comes between the retries delays the rest and fails none', async () => {
    const { file, ledger, real, step, write, written } = await openLedger();
    let unlock: (() => void) | undefined;
    step.mockImplementation(async (asked) => {
      const answers = await real(asked);
      if (asked.ends === 'COMMIT' && unlock === undefined) {
        unlock = lockFile(file);
        setTimeout(unlock, 30);
      }
      return answers;
    });
    const outcomes = await Promise.allSettled([
      ledger.run([], write('a')),
      ledger.run([], () => {
        throw new Error('broken');
      }),
      ledger.run([], write('b')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'broken' } });
    expect(written()).toEqual(['a', 'b']);
  });
});

describe('a ledger that another process has locked', () => {
  test('waits without blocking, and goes on in order', async () => {
    const { file, ledger, write, written } = await openLedger();
    const unlock = lockFile(file);
    const values = numbered(300);
    const all = Promise.all(values.map((value) => ledger.run([], write(value))));
    await new Promise((resolve) => setTimeout(resolve, 30)); // the event loop turns: otherwise this would never come
    expect(written()).toEqual([]);
    unlock();
    expect(await all).toEqual(values);
    expect(written()).toEqual(values);
  });

  test('holds no more than its limit: the rest is told at once that nothing was done', async () => {
    const { file, ledger, write, written } = await openLedger();
    const unlock = lockFile(file);
    const held = numbered(waitingLimit).map((value) => ledger.run([], write(value)));
    await expect(ledger.run([], write('one too many'))).rejects.toThrow(LedgerOverloaded);
    unlock();
    await Promise.all(held);
    expect(written()).toHaveLength(waitingLimit);
    expect(written()).not.toContain('one too many');
    expect(await ledger.run([], write('room again'))).toBe('room again');
  });
});

describe('draining', () => {
  test('finishes what was submitted and refuses what comes later', async () => {
    const { ledger, write, written } = await openLedger();
    const submitted = numbered(300).map((value) => ledger.run([], write(value)));
    const drained = ledger.drain(1_000);
    await expect(ledger.run([], write('late'))).rejects.toThrow('closed');
    await drained;
    expect(written()).toHaveLength(300);
    await Promise.all(submitted);
  });

  test('of an idle ledger is at once', async () => {
    const { ledger } = await openLedger();
    await ledger.drain(0);
  });

  test('gives up when the lock stays: what waits is rejected and never done', async () => {
    const { file, ledger, write, written } = await openLedger();
    const unlock = lockFile(file);
    const submitted = ledger.run([], write('a'));
    const rejected = expect(submitted).rejects.toThrow('locked');
    await ledger.drain(30);
    await rejected;
    unlock();
    await new Promise((resolve) => setTimeout(resolve, 30)); // longer than the ledger's own pause
    expect(written()).toEqual([]);
  });
});
