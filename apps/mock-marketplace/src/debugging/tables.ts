/** Saved cases, and what each message was sent for. */
export const debuggingTables = `
  ALTER TABLE messages ADD COLUMN purpose TEXT NOT NULL DEFAULT 'ORDER';
  CREATE INDEX messagesOfProbes ON messages (createdAt) WHERE purpose = 'PROBE';

  CREATE TABLE debuggingCases (
    id TEXT PRIMARY KEY,
    listing TEXT NOT NULL,
    interface TEXT NOT NULL,
    members TEXT NOT NULL,
    savedAt INTEGER NOT NULL,
    lastMessage INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX debuggingCasesOfListing ON debuggingCases (listing);
`;
