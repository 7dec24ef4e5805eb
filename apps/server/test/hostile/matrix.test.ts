import { beforeAll, expect, test, vi } from 'vitest';
import { sharedSeller, start } from '../seller.ts';
import { hostileInputs } from './document.ts';
import { runMatrix } from './matrix.ts';
import { tokenInputs } from './token-inputs.ts';
import { wireInputs } from './wire-inputs.ts';

const seller = sharedSeller({ timing: { bodyMs: 150 } });
let rows: Awaited<ReturnType<typeof runMatrix>>;

beforeAll(async () => {
  // Standard Webhooks asks the process for the time; timers stay real.
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  rows = await runMatrix(seller());
  vi.useRealTimers();
}, 60_000);

test.each([...tokenInputs, ...wireInputs].map(({ group, name }, index) => ({ group, name, index })))(
  '$group: $name',
  ({ group, name, index }) => {
    expect(rows[index]).toMatchObject({ group, name, koobridge: { kind: 'right' } });
  },
);

test('no two inputs have the same name', () => {
  expect(new Set(rows.map(({ group, name }) => `${group}: ${name}`)).size).toBe(rows.length);
});

test('docs/hostile-inputs.md is as `npx -y pnpm@12 hostile` writes it', async () => {
  await expect(hostileInputs(rows)).toMatchFileSnapshot('../../../../docs/hostile-inputs.md');
});
