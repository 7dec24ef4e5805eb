/** What the store would mail to the seller, and how each listing stands with the store. */
export const noticeTables = `
  CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    listing TEXT,
    subscription TEXT,
    orderId TEXT,
    message INTEGER,
    text TEXT NOT NULL
  ) STRICT;

  CREATE TABLE standings (
    listing TEXT PRIMARY KEY,
    failedOrders INTEGER NOT NULL,
    lastFailedOrderAt INTEGER,
    probeFailureDays INTEGER NOT NULL,
    lastFailedProbeAt INTEGER
  ) STRICT;
`;
