/** What was tried beside the calls of the store, counted; details are kept of what should not have happened. */
export const hostilityTables = `
  CREATE TABLE profile (id INTEGER PRIMARY KEY CHECK (id = 1), profile TEXT NOT NULL) STRICT;
  CREATE TABLE tried (
    kind TEXT PRIMARY KEY,
    sent INTEGER NOT NULL,
    wrong INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE findings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    message INTEGER NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    curl TEXT NOT NULL
  ) STRICT;
`;
