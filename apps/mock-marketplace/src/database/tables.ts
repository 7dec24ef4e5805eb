import { debuggingTables } from '../debugging/tables.ts';
import { hostilityTables } from '../hostility/tables.ts';
import { kitTables } from '../kit/tables.ts';
import { noticeTables } from '../notices/tables.ts';
import { openApiTables } from '../open-api/tables.ts';
import { supervisionTables } from '../supervision/tables.ts';
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
  // Every kind of product: what was a License is a subscription.
  `
  CREATE TABLE products (product TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE TABLE listings (listing TEXT PRIMARY KEY, sale TEXT NOT NULL) STRICT;
  CREATE TABLE customers (customer TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE TABLE seed (id INTEGER PRIMARY KEY CHECK (id = 1), seed TEXT NOT NULL) STRICT;

  CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    access TEXT NOT NULL,
    instanceId TEXT UNIQUE,
    data TEXT NOT NULL
  ) STRICT;
  INSERT INTO subscriptions
    SELECT code, 'LICENSE_CODE', NULL, json_object(
      'id', code, 'access', 'LICENSE_CODE', 'chargingMode', 'PERIOD', 'instanceId', NULL,
      'customer', 'customer-' || lower(customerLevel), 'customerLevel', customerLevel, 'quantity', quantity,
      'orderedAt', orderedAt, 'startsAt', startsAt, 'openedAt', activatedAt, 'claimedAt', claimedAt,
      'activatedAt', activatedAt, 'phase', phase, 'trial', json('false'), 'violation', json('false'),
      'autoRenew', json('false'), 'awaiting', awaiting,
      'orderCount', (SELECT count(*) FROM orders WHERE orders.license = licenses.code),
      'terms', (SELECT json_group_array(json_set(value, '$.count', 1, '$.quantity', quantity)) FROM json_each(licenses.terms)))
    FROM licenses ORDER BY rowid;
  DROP TABLE licenses;

  ALTER TABLE orders RENAME COLUMN license TO subscription;
  ALTER TABLE orders ADD COLUMN amount REAL NOT NULL DEFAULT 0;
  CREATE INDEX ordersOfSubscription ON orders (subscription);

  ALTER TABLE dueEvents ADD COLUMN lane TEXT NOT NULL DEFAULT '';
  UPDATE dueEvents SET lane = CASE kind
    WHEN 'RETRY' THEN (SELECT license FROM messages WHERE messages.id = dueEvents.subject) ELSE subject END;

  DROP INDEX messagesOfLicense;
  DROP INDEX messagesOfStatus;
  ALTER TABLE messages RENAME TO oldMessages;
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    activity TEXT NOT NULL,
    subject TEXT NOT NULL,
    license TEXT,
    instanceId TEXT,
    command TEXT,
    orderId TEXT,
    body TEXT NOT NULL,
    plan TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    status TEXT NOT NULL,
    retries INTEGER NOT NULL DEFAULT 0,
    note TEXT
  ) STRICT;
  INSERT INTO messages
    SELECT id, activity, license, license, NULL, command, orderId, body, 'license-code', createdAt, status, retries, note
    FROM oldMessages;
  CREATE INDEX messagesOfSubject ON messages (subject);
  CREATE INDEX messagesUnfinished ON messages (status) WHERE status IN ('SENDING', 'RETRYING');

  DROP INDEX attemptsUnderWay;
  ALTER TABLE attempts RENAME TO oldAttempts;
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
  INSERT INTO attempts SELECT * FROM oldAttempts;
  DROP TABLE oldAttempts;
  DROP TABLE oldMessages;
  CREATE INDEX attemptsUnderWay ON attempts (message) WHERE state = 'UNDER_WAY';
  `,
  // What messages are sent for, and the cases of the debugging page.
  debuggingTables,
  noticeTables,
  hostilityTables,
  openApiTables,
  supervisionTables,
  kitTables,
];
