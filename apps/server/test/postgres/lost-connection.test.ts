import { describe, expect, onTestFinished, test } from 'vitest';
import { OutcomeUnknown } from '../../src/ledger/postgres-ledger.ts';
import { statement, type Work } from '../../src/ledger/work.ts';
import { renewal } from '../callbacks.ts';
import { newDatabase, open, rowsOf } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';
import { proxyTo } from './proxy.ts';

/** As it is on the wire, where a text ends with a NUL; BEGIN names an isolation level that begins like it. */
const commit = 'COMMIT\0';

const insert = statement("INSERT INTO leases (name, holder, until) VALUES (?, '', 0)");

const write = (name: string) =>
  function* (): Work<string> {
    yield* insert.run(name);
    return name;
  };

async function throughProxy() {
  const database = await newDatabase();
  const proxy = await proxyTo(database);
  const { ledger, close } = await open(proxy.url);
  onTestFinished(close);
  const written = async () =>
    (await rowsOf<{ name: string }>(database, 'SELECT name FROM leases ORDER BY name')).map(({ name }) => name);
  return { proxy, ledger, written };
}

describe('a connection that is lost', () => {
  test('during a commit that took place: nobody is told that it did, and it is not done twice', async () => {
    const { proxy, ledger, written } = await throughProxy();
    proxy.cutAt(commit, 'after');
    await expect(ledger.run([], write('a'))).rejects.toThrow(OutcomeUnknown);
    expect(await written()).toEqual(['a']);
    expect(await ledger.run([], write('b'))).toBe('b');
    expect(await written()).toEqual(['a', 'b']);
  });

  test('during a commit that never came: the same, because nobody can know', async () => {
    const { proxy, ledger, written } = await throughProxy();
    proxy.cutAt(commit, 'before');
    await expect(ledger.run([], write('a'))).rejects.toThrow(OutcomeUnknown);
    expect(await written()).toEqual([]);
  });

  test('before that: the work is done again from its beginning', async () => {
    const { proxy, ledger, written } = await throughProxy();
    proxy.cutAt('INSERT', 'after');
    expect(await ledger.run([], write('a'))).toBe('a');
    expect(await written()).toEqual(['a']);
  });
});

test('a callback whose commit nobody knows the outcome of is answered 000005, and its repeat finds what was done', async () => {
  const database = await newDatabase();
  const proxy = await proxyTo(database);
  const { store } = await startSeller({ environment: { DATABASE_URL: proxy.url } });
  // The pruning at the start is over, so that the next commit is the callback's.
  expect((await store.send(renewal('PL-0', '20270101000000'))).resultCode).toBe('000000');
  await expect.poll(() => rowsOf(database, 'SELECT * FROM leases')).toEqual([]);
  // A commit of the server's own may come first and take the cut; then the next callback is tried.
  let code = 'PL-1';
  let message = renewal(code, '20270101000000');
  let answer: string | undefined = '000000';
  for (let number = 1; answer === '000000' && number <= 20; number += 1) {
    code = `PL-${number}`;
    message = renewal(code, '20270101000000');
    proxy.cutAt(commit, 'after');
    answer = (await store.send(message)).resultCode;
  }
  expect(answer).toBe('000005');
  expect((await store.send(message)).resultCode).toBe('000000');
  const { licenses } = await readLedger(database);
  expect(licenses.filter((license) => license.code === code)).toMatchObject([{ revision: 1 }]);
});

test('a network that swallows everything: the answer is 000005 in time, and tells no password (R9)', async () => {
  const proxy = await proxyTo(await newDatabase());
  const seller = await startSeller({ environment: { DATABASE_URL: proxy.url } });
  expect((await seller.store.send(renewal('PL-1', '20270101000000'))).resultCode).toBe('000000');
  proxy.swallow();
  const begun = performance.now();
  const answer = await seller.store.send(renewal('PL-1', '20280101000000'));
  expect(answer.resultCode).toBe('000005');
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(answer.text).not.toContain(new URL(proxy.url).password);
  const stopping = performance.now();
  await seller.stop();
  expect(performance.now() - stopping).toBeLessThan(5_000);
});
