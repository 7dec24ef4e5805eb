import type { Case } from '../case.ts';

/** Runs the cases that share nothing side by side, at most `parallel` at a time, and those that want to be alone after them. */
export async function schedule(
  cases: readonly Case[],
  parallel: number,
  run: (each: Case) => Promise<void>,
): Promise<void> {
  const together = cases.filter(({ alone }) => alone !== true);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let each = together[next]; each !== undefined; each = together[next]) {
      next += 1;
      await run(each);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  for (const each of cases) if (each.alone === true) await run(each);
}
