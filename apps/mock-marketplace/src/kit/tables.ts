/**
 * The Kit: credentials, enterprises with what the store knows of them, and what their logins gave out. Secrets, passwords,
 * codes and tokens are there as digests only, client secrets also as the seller's own key encrypts them. `expiresAt` and
 * `lockedUntil` are real time (R23).
 */
export const kitTables = `
  CREATE TABLE kitApplications (
    appId TEXT PRIMARY KEY,
    loginUrl TEXT NOT NULL UNIQUE,
    loginOrigin TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kitApplicationsOfOrigin ON kitApplications (loginOrigin);

  CREATE TABLE kitTenants (
    tenantId TEXT PRIMARY KEY,
    tenantCode TEXT NOT NULL,
    customer TEXT,
    number INTEGER NOT NULL,
    name TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kitTenantsOfCode ON kitTenants (tenantCode);
  CREATE INDEX kitTenantsOfCustomer ON kitTenants (customer, number);

  CREATE TABLE kitBindings (
    subject TEXT PRIMARY KEY,
    tenantId TEXT NOT NULL,
    appId TEXT NOT NULL,
    step TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kitBindingsOfTenant ON kitBindings (tenantId, appId);

  CREATE TABLE kitClients (
    clientId TEXT PRIMARY KEY,
    tenantId TEXT NOT NULL,
    appId TEXT NOT NULL,
    secretDigest TEXT NOT NULL,
    encryptedSecret TEXT NOT NULL,
    encryptedFor TEXT NOT NULL,
    UNIQUE (tenantId, appId)
  ) STRICT;

  CREATE TABLE kitDepartments (
    tenantId TEXT NOT NULL,
    orgCode TEXT NOT NULL,
    orgName TEXT NOT NULL,
    parentCode TEXT NOT NULL,
    PRIMARY KEY (tenantId, orgCode)
  ) STRICT;

  CREATE TABLE kitUsers (
    tenantId TEXT NOT NULL,
    userName TEXT NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    passwordDigest TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    lockedUntil INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenantId, userName)
  ) STRICT;

  CREATE TABLE kitAuthorizations (
    tenantId TEXT NOT NULL,
    appId TEXT NOT NULL,
    userName TEXT NOT NULL,
    PRIMARY KEY (tenantId, appId, userName)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kitAuthorizationsOfUser ON kitAuthorizations (tenantId, userName);

  CREATE TABLE kitGrants (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    tenantId TEXT NOT NULL,
    appId TEXT NOT NULL,
    userName TEXT NOT NULL,
    expiresAt INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX kitGrantsOfUser ON kitGrants (tenantId, userName, kind, number);
  CREATE INDEX kitGrantsByExpiry ON kitGrants (expiresAt);
`;
