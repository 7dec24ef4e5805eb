/**
 * The tables, as one migration after the other; `user_version` counts those a file has seen. Columns are named like the
 * fields they hold. Instants are milliseconds since the epoch: of the life-cycle clock, except `sentAt`, which is real.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    now INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE dueEvents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL
  ) STRICT;
  CREATE INDEX dueEventsInOrder ON dueEvents (at, seq);
  CREATE INDEX dueEventsOfSubject ON dueEvents (subject, kind);

  CREATE TABLE orders (
    orderId TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    license TEXT NOT NULL,
    productId TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    orderedAt INTEGER NOT NULL,
    expiresAt INTEGER,
    status TEXT NOT NULL
  ) STRICT;

  CREATE TABLE licenses (
    code TEXT PRIMARY KEY,
    customerLevel TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    orderedAt INTEGER NOT NULL,
    startsAt INTEGER NOT NULL,
    claimedAt INTEGER,
    activatedAt INTEGER,
    phase TEXT NOT NULL,
    awaiting TEXT,
    terms TEXT NOT NULL
  ) STRICT;

  CREATE TABLE usageReports (
    license TEXT NOT NULL,
    reportedAt INTEGER NOT NULL,
    clientId TEXT,
    activeNumber INTEGER
  ) STRICT;
  CREATE INDEX usageReportsOfLicense ON usageReports (license);

  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    activity TEXT NOT NULL,
    license TEXT NOT NULL,
    command TEXT,
    orderId TEXT,
    body TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    status TEXT NOT NULL,
    retries INTEGER NOT NULL DEFAULT 0,
    note TEXT
  ) STRICT;
  CREATE INDEX messagesOfLicense ON messages (license);
  CREATE INDEX messagesOfStatus ON messages (status);

  CREATE TABLE attempts (
    message INTEGER NOT NULL REFERENCES messages (id),
    number INTEGER NOT NULL,
    cause TEXT NOT NULL,
    at INTEGER NOT NULL,
    sentAt INTEGER NOT NULL,
    url TEXT NOT NULL,
    headers TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    nonce TEXT NOT NULL,
    signed TEXT NOT NULL,
    sent TEXT NOT NULL,
    state TEXT NOT NULL,
    httpStatus INTEGER,
    contentType TEXT,
    answer TEXT,
    answerBytes INTEGER,
    rule TEXT,
    reason TEXT,
    resultCode TEXT,
    durationMs INTEGER,
    PRIMARY KEY (message, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attemptsUnderWay ON attempts (message) WHERE state = 'UNDER_WAY';
  `,
];
