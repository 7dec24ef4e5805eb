import { expect, it } from 'vitest';
import { shares } from '../src/profile-areas.ts';

const node = (id: number, functionName: string, url = '', children: readonly number[] = []) => ({
  id,
  callFrame: { functionName, url },
  children,
});

it('sums up self time by area, without what was idle or came before', () => {
  const profile = {
    nodes: [
      node(1, '(root)', '', [2, 3, 5]),
      node(2, '(idle)'),
      node(3, 'step', 'file:///x/apps/server/src/ledger/sqlite-thread.ts', [4]),
      node(4, 'anything built in'),
      node(5, 'compose', 'file:///x/node_modules/koa/lib/application.js'),
    ],
    samples: [5, 2, 3, 4, 5],
    timeDeltas: [2_000, 500, 600, 200, 200],
  };
  const { busy, areas } = shares(profile, 2.1);
  expect(busy).toBeCloseTo(1_000 / 1_500);
  const [first, second, ...others] = areas;
  expect(first).toMatchObject({ area: 'SQLite: commits, their syncs to disk included', share: 0.8 });
  expect(second).toMatchObject({ area: 'Koa', share: 0.2, functions: [{ name: 'compose lib/application.js' }] });
  expect(others).toEqual([]);
});
