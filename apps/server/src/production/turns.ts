/**
 * Lets long pieces of work begin in different turns of the event loop, in the order in which they ask, so that short ones
 * get in between however many long ones there are.
 */
export function turns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
