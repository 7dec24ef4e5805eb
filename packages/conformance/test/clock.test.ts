import { expect, it, onTestFinished } from 'vitest';
import { type Result, runSuite } from '../src/index.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';
import { faithful, type Reply } from './reference/steps.ts';

const behind = 6_000;

async function timeCases(date: (reply: Reply) => Reply): Promise<readonly Result[]> {
  const seller = await startReference(keys, {
    isFresh: (timestamp, now) => faithful.isFresh(timestamp, now - behind),
    afterwards: date,
  });
  onTestFinished(() => seller.stop());
  return (await runSuite({ address: seller.url, keys, profiles: ['license'], only: ['license.time'] })).results;
}

it('a server whose clock is some seconds behind, as its Date header tells, is judged by its own clock', async () => {
  const results = await timeCases((reply) => ({
    ...reply,
    headers: { ...reply.headers, Date: new Date(Date.now() - behind).toUTCString() },
  }));
  expect(results.filter(({ verdict }) => verdict !== 'passed').map(({ case: { id } }) => id)).toEqual([]);
});

it('of one that does not tell its time the seconds around the edges are not judged', async () => {
  const results = await timeCases((reply) => ({ ...reply, headers: { ...reply.headers, Date: 'unknown' } }));
  const others = results.filter(({ verdict }) => verdict !== 'passed');
  expect(others.map(({ case: { slug }, verdict }) => [slug, verdict])).toEqual([
    ['past-edge', 'not-observable'],
    ['past-outside', 'not-observable'],
    ['ahead-outside', 'not-observable'],
  ]);
});
