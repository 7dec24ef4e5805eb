/** Test codes, which are no subscriptions: nothing falls due for them and nobody is called. */
export const testCodeTables = `
  CREATE TABLE testCodes (
    code TEXT PRIMARY KEY,
    validity TEXT NOT NULL,
    appliedAt INTEGER NOT NULL,
    startsAt INTEGER NOT NULL,
    activatedAt INTEGER,
    checkedAt INTEGER
  ) STRICT;
`;
