import { afterwards, type Work } from '../ledger/work.ts';

/**
 * Tells `observe` how many pieces of work each commit held. Given work, it makes the same work counted: what a ledger
 * does after a commit it does for all of it in one turn.
 */
export function countCommits(observe: (size: number) => void): <T>(work: () => Work<T>) => Work<T> {
  let size = 0;
  const tell = (): void => {
    observe(size);
    size = 0;
  };
  const count = (): void => {
    if (size === 0) queueMicrotask(tell);
    size += 1;
  };
  return function* counted(work) {
    const value = yield* work();
    yield* afterwards(count);
    return value;
  };
}
