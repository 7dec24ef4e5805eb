/** Applications for Licenses, each with the License that the seller uploaded first. */
export const onlineLicenseTables = `
  CREATE TABLE applications (
    eventId TEXT PRIMARY KEY,
    subscription TEXT NOT NULL,
    fingerprint TEXT,
    effectiveTime TEXT NOT NULL,
    expireTime TEXT,
    appliedAt INTEGER NOT NULL,
    message INTEGER NOT NULL,
    kind TEXT,
    fileName TEXT,
    size INTEGER,
    sha256 TEXT,
    content BLOB,
    uploadedAt INTEGER,
    uploads INTEGER NOT NULL DEFAULT 0,
    otherUploads INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX applicationsOfSubscription ON applications (subscription);
`;
