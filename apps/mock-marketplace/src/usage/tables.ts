/** What was pushed, and the nonces of the pushes; `until` is real time, all else life-cycle time. */
export const usageTables = `
  CREATE TABLE usageRecords (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    interface TEXT NOT NULL,
    instanceId TEXT NOT NULL,
    productId TEXT,
    meteringSn TEXT,
    recordTime TEXT NOT NULL,
    beginTime TEXT NOT NULL,
    endTime TEXT NOT NULL,
    usageValue TEXT NOT NULL,
    relatedPackage TEXT,
    receivedAt INTEGER NOT NULL,
    state TEXT NOT NULL,
    codes TEXT NOT NULL,
    validatedAt INTEGER
  ) STRICT;
  CREATE INDEX usageRecordsReceived ON usageRecords (id) WHERE state = 'RECEIVED';
  CREATE INDEX usageRecordsOfInstance ON usageRecords (instanceId);
  CREATE INDEX usageRecordsBilled ON usageRecords (instanceId, beginTime, endTime) WHERE state = 'BILLED';
  CREATE INDEX usageRecordsBilledSn ON usageRecords (meteringSn) WHERE state = 'BILLED';

  CREATE TABLE usagePushNonces (
    nonce TEXT NOT NULL,
    keyId TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (nonce, keyId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usagePushNoncesByEnd ON usagePushNonces (until);
`;
