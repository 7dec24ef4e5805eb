/** One thing after the other: each piece of work starts when all before it have ended, well or badly. */
export interface Turns {
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function oneAtATime(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined); // the failure is its caller's; whoever is next starts all the same
      return mine;
    },
  };
}
