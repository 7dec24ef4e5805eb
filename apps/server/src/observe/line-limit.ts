/** Lets at most so many log lines through in a second, because whoever sends bad requests decides how many there are. */
export interface LineLimit {
  /** How many lines were held back since the last one that passed, if this one may pass; undefined if it may not. */
  pass(): number | undefined;
}

/** `now` in milliseconds, on any clock that does not go back. */
export function lineLimit(perSecond: number, now: () => number): LineLimit {
  let second = Number.NEGATIVE_INFINITY;
  let passed = 0;
  let heldBack = 0;
  return {
    pass() {
      if (now() - second >= 1_000) {
        second = now();
        passed = 0;
      }
      passed += 1;
      if (passed > perSecond) {
        heldBack += 1;
        return undefined;
      }
      const count = heldBack;
      heldBack = 0;
      return count;
    },
  };
}
