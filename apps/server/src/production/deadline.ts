/**
 * Settles like `work`, or with `late()` when that takes more than `ms`. The work goes on: what it does is what a
 * repeat will find (R9).
 */
export function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
