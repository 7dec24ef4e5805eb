/** The stricter of the two documented limits for an answer (R9), less what it takes to travel. */
export const answerDeadlineMs = 4_500;
/** A body must have arrived by then, so that there is time left to answer. */
export const bodyDeadlineMs = 4_000;

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
