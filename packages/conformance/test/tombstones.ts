/** Ids that cases once had. They stay taken: a report of last year must not mean another case today. */
export const tombstones: readonly string[] = [];
