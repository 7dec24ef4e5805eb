import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { Application } from './application.ts';
import { type Account, Binding, type BindingStep, Client, Department, Tenant, User } from './enterprise.ts';

/** Credentials, enterprises and their bindings. */
export interface Kit {
  /** Where browsers and sellers' servers reach this marketplace; told once it listens. */
  origin(): string;
  reachedAt(origin: string): void;

  application(appId: string): Application | undefined;
  applicationAt(loginUrl: string): Application | undefined;
  /** Whether some application's login address is of this origin. */
  isLoginOrigin(origin: string): boolean;
  applications(after: string | undefined, limit: number): Application[];
  applicationCount(): number;
  saveApplication(application: Application): void;

  tenant(tenantId: string): Tenant | undefined;
  tenants(after: string | undefined, limit: number): Tenant[];
  /** By its id or its code; of several of one code the first. */
  tenantNamed(idOrCode: string): Tenant | undefined;
  /** A customer's first and newest enterprise. */
  tenantsAtEnds(customer: string): { readonly first: Tenant; readonly newest: Tenant } | undefined;
  saveTenant(tenant: Tenant): void;

  binding(subject: string): Binding | undefined;
  /** Of a tenant, with one application or all, oldest first. */
  bindings(tenantId: string, appId?: string): Binding[];
  bindingCount(tenantId: string, appId: string): number;
  saveBinding(binding: Binding): void;
  setStep(subject: string, step: BindingStep): void;
  removeBinding(subject: string): void;

  client(clientId: string): Client | undefined;
  clients(tenantId: string): Client[];
  clientOf(tenantId: string, appId: string): Client | undefined;
  saveClient(client: Client): void;
  removeClient(tenantId: string, appId: string): void;

  department(tenantId: string, orgCode: string): Department | undefined;
  departments(tenantId: string): Department[];
  saveDepartment(tenantId: string, department: Department): void;
  removeDepartment(tenantId: string, orgCode: string): void;

  account(tenantId: string, userName: string): Account | undefined;
  /** Those who may use an application. */
  users(tenantId: string, appId: string, after: string | undefined, limit: number): User[];
  isOccupied(tenantId: string, orgCode: string): boolean;
  saveUser(tenantId: string, user: User, made: { readonly id: string; readonly passwordDigest: string }): void;
  setFailures(tenantId: string, userName: string, failures: number, lockedUntil: number): void;
  isAuthorized(tenantId: string, appId: string, userName: string): boolean;
  authorize(tenantId: string, appId: string, userName: string): void;
  /** A user whom nothing authorises any more is forgotten with `forget`. */
  withdraw(tenantId: string, appId: string, userName: string, forget: boolean): void;
  withdrawAll(tenantId: string, appId: string): void;
}

const Count = z.object({ count: z.number() });

export function storedKit(database: DatabaseSync): Kit {
  let origin = 'http://127.0.0.1';
  return {
    origin: () => origin,
    reachedAt: (next) => {
      origin = next;
    },
    ...applications(database),
    ...tenants(database),
    ...bindings(database),
    ...clients(database),
    ...departments(database),
    ...users(database),
  };
}

function applications(database: DatabaseSync) {
  const row = z.object({ data: jsonColumn(Application) });
  const byId = query(database, row, 'SELECT data FROM kitApplications WHERE appId = $appId');
  const byUrl = query(database, row, 'SELECT data FROM kitApplications WHERE loginUrl = $loginUrl');
  const ofOrigin = query(database, Count, 'SELECT count(*) AS count FROM kitApplications WHERE loginOrigin = $origin');
  const counted = query(database, Count, 'SELECT count(*) AS count FROM kitApplications');
  const behind = query(
    database,
    row,
    `SELECT data FROM kitApplications
     WHERE rowid > coalesce((SELECT rowid FROM kitApplications WHERE appId = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const upsert = database.prepare(
    `INSERT INTO kitApplications VALUES ($appId, $loginUrl, $loginOrigin, $data)
     ON CONFLICT (appId) DO UPDATE SET loginUrl = $loginUrl, loginOrigin = $loginOrigin, data = $data`,
  );
  return {
    application: (appId: string) => byId.one({ appId })?.data,
    applicationAt: (loginUrl: string) => byUrl.one({ loginUrl })?.data,
    isLoginOrigin: (origin: string) => (ofOrigin.one({ origin })?.count ?? 0) > 0,
    applications: (after: string | undefined, limit: number) =>
      behind.all({ after: after ?? null, limit }).map(({ data }) => data),
    applicationCount: () => counted.one()?.count ?? 0,
    saveApplication: (application: Application) => {
      const { appId, loginUrl } = application;
      upsert.run({ appId, loginUrl, loginOrigin: new URL(loginUrl).origin, data: JSON.stringify(application) });
    },
  };
}

function tenants(database: DatabaseSync) {
  const byId = query(database, Tenant, 'SELECT * FROM kitTenants WHERE tenantId = $tenantId');
  const byCode = query(database, Tenant, 'SELECT * FROM kitTenants WHERE tenantCode = $code ORDER BY rowid LIMIT 1');
  const first = query(database, Tenant, 'SELECT * FROM kitTenants WHERE customer = $customer ORDER BY number LIMIT 1');
  const last = query(
    database,
    Tenant,
    'SELECT * FROM kitTenants WHERE customer = $customer ORDER BY number DESC LIMIT 1',
  );
  const behind = query(
    database,
    Tenant,
    `SELECT * FROM kitTenants
     WHERE rowid > coalesce((SELECT rowid FROM kitTenants WHERE tenantId = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const upsert = database.prepare(
    `INSERT INTO kitTenants VALUES ($tenantId, $tenantCode, $customer, $number, $name)
     ON CONFLICT (tenantId) DO UPDATE SET name = $name`,
  );
  const tenant = (tenantId: string) => byId.one({ tenantId });
  return {
    tenant,
    tenants: (after: string | undefined, limit: number) => behind.all({ after: after ?? null, limit }),
    tenantNamed: (name: string) => tenant(name) ?? byCode.one({ code: name }),
    tenantsAtEnds: (customer: string) => {
      const oldest = first.one({ customer });
      return oldest === undefined ? undefined : { first: oldest, newest: last.one({ customer }) ?? oldest };
    },
    saveTenant: (saved: Tenant) => void upsert.run({ ...saved }),
  };
}

function bindings(database: DatabaseSync) {
  const bySubject = query(database, Binding, 'SELECT * FROM kitBindings WHERE subject = $subject');
  const ofTenant = query(
    database,
    Binding,
    `SELECT * FROM kitBindings WHERE tenantId = $tenantId AND ($appId IS NULL OR appId = $appId) ORDER BY rowid`,
  );
  const counted = query(
    database,
    Count,
    'SELECT count(*) AS count FROM kitBindings WHERE tenantId = $tenantId AND appId = $appId',
  );
  const insert = database.prepare('INSERT INTO kitBindings VALUES ($subject, $tenantId, $appId, $step)');
  const update = database.prepare('UPDATE kitBindings SET step = $step WHERE subject = $subject');
  const remove = database.prepare('DELETE FROM kitBindings WHERE subject = $subject');
  return {
    binding: (subject: string) => bySubject.one({ subject }),
    bindings: (tenantId: string, appId?: string) => ofTenant.all({ tenantId, appId: appId ?? null }),
    bindingCount: (tenantId: string, appId: string) => counted.one({ tenantId, appId })?.count ?? 0,
    saveBinding: (binding: Binding) => void insert.run({ ...binding }),
    setStep: (subject: string, step: BindingStep) => void update.run({ subject, step }),
    removeBinding: (subject: string) => void remove.run({ subject }),
  };
}

function clients(database: DatabaseSync) {
  const byId = query(database, Client, 'SELECT * FROM kitClients WHERE clientId = $clientId');
  const ofTenant = query(database, Client, 'SELECT * FROM kitClients WHERE tenantId = $tenantId ORDER BY rowid');
  const ofBoth = query(database, Client, 'SELECT * FROM kitClients WHERE tenantId = $tenantId AND appId = $appId');
  const upsert = database.prepare(
    `INSERT INTO kitClients VALUES ($clientId, $tenantId, $appId, $secretDigest, $encryptedSecret)
     ON CONFLICT (clientId) DO UPDATE SET secretDigest = $secretDigest, encryptedSecret = $encryptedSecret`,
  );
  const remove = database.prepare('DELETE FROM kitClients WHERE tenantId = $tenantId AND appId = $appId');
  return {
    client: (clientId: string) => byId.one({ clientId }),
    clients: (tenantId: string) => ofTenant.all({ tenantId }),
    clientOf: (tenantId: string, appId: string) => ofBoth.one({ tenantId, appId }),
    saveClient: (client: Client) => void upsert.run({ ...client }),
    removeClient: (tenantId: string, appId: string) => void remove.run({ tenantId, appId }),
  };
}

function departments(database: DatabaseSync) {
  const byCode = query(
    database,
    Department,
    'SELECT orgCode, orgName, parentCode FROM kitDepartments WHERE tenantId = $tenantId AND orgCode = $orgCode',
  );
  const ofTenant = query(
    database,
    Department,
    'SELECT orgCode, orgName, parentCode FROM kitDepartments WHERE tenantId = $tenantId ORDER BY rowid',
  );
  const upsert = database.prepare(
    `INSERT INTO kitDepartments VALUES ($tenantId, $orgCode, $orgName, $parentCode)
     ON CONFLICT (tenantId, orgCode) DO UPDATE SET orgName = $orgName, parentCode = $parentCode`,
  );
  const remove = database.prepare('DELETE FROM kitDepartments WHERE tenantId = $tenantId AND orgCode = $orgCode');
  return {
    department: (tenantId: string, orgCode: string) => byCode.one({ tenantId, orgCode }),
    departments: (tenantId: string) => ofTenant.all({ tenantId }),
    saveDepartment: (tenantId: string, department: Department) => void upsert.run({ tenantId, ...department }),
    removeDepartment: (tenantId: string, orgCode: string) => void remove.run({ tenantId, orgCode }),
  };
}

function users(database: DatabaseSync) {
  const accountRow = z.object({
    tenantId: z.string(),
    id: z.string(),
    data: jsonColumn(User),
    passwordDigest: z.string(),
    failures: z.number(),
    lockedUntil: z.number(),
  });
  const byName = query(
    database,
    accountRow,
    'SELECT * FROM kitUsers WHERE tenantId = $tenantId AND userName = $userName',
  );
  const authorized = query(
    database,
    z.object({ data: jsonColumn(User) }),
    `SELECT data FROM kitAuthorizations NATURAL JOIN kitUsers
     WHERE tenantId = $tenantId AND appId = $appId AND userName > $after ORDER BY userName LIMIT $limit`,
  );
  const inDepartment = query(
    database,
    Count,
    `SELECT count(*) AS count FROM kitUsers WHERE tenantId = $tenantId AND data ->> 'orgCode' = $orgCode`,
  );
  const upsert = database.prepare(
    `INSERT INTO kitUsers (tenantId, userName, id, data, passwordDigest)
     VALUES ($tenantId, $userName, $id, $data, $passwordDigest)
     ON CONFLICT (tenantId, userName) DO UPDATE SET data = $data, passwordDigest = $passwordDigest`,
  );
  const setFailures = database.prepare(
    `UPDATE kitUsers SET failures = $failures, lockedUntil = $lockedUntil
     WHERE tenantId = $tenantId AND userName = $userName`,
  );
  const has = query(
    database,
    Count,
    `SELECT count(*) AS count FROM kitAuthorizations
     WHERE tenantId = $tenantId AND appId = $appId AND userName = $userName`,
  );
  const add = database.prepare(
    'INSERT INTO kitAuthorizations VALUES ($tenantId, $appId, $userName) ON CONFLICT DO NOTHING',
  );
  const take = database.prepare(
    'DELETE FROM kitAuthorizations WHERE tenantId = $tenantId AND appId = $appId AND userName = $userName',
  );
  const takeAll = database.prepare('DELETE FROM kitAuthorizations WHERE tenantId = $tenantId AND appId = $appId');
  const forgetUser = database.prepare(
    `DELETE FROM kitUsers WHERE tenantId = $tenantId AND userName = $userName AND NOT EXISTS
       (SELECT 1 FROM kitAuthorizations WHERE tenantId = $tenantId AND userName = $userName)`,
  );
  return {
    account: (tenantId: string, userName: string): Account | undefined => {
      const row = byName.one({ tenantId, userName });
      if (row === undefined) return undefined;
      const { data: user, ...account } = row;
      return { ...account, user };
    },
    users: (tenantId: string, appId: string, after: string | undefined, limit: number) =>
      authorized.all({ tenantId, appId, after: after ?? '', limit }).map(({ data }) => data),
    isOccupied: (tenantId: string, orgCode: string) => (inDepartment.one({ tenantId, orgCode })?.count ?? 0) > 0,
    saveUser: (tenantId: string, user: User, { id, passwordDigest }: Pick<Account, 'id' | 'passwordDigest'>) =>
      void upsert.run({ tenantId, userName: user.userName, id, data: JSON.stringify(user), passwordDigest }),
    setFailures: (tenantId: string, userName: string, failures: number, lockedUntil: number) =>
      void setFailures.run({ tenantId, userName, failures, lockedUntil }),
    isAuthorized: (tenantId: string, appId: string, userName: string) =>
      (has.one({ tenantId, appId, userName })?.count ?? 0) > 0,
    authorize: (tenantId: string, appId: string, userName: string) => void add.run({ tenantId, appId, userName }),
    withdraw: (tenantId: string, appId: string, userName: string, forget: boolean) => {
      take.run({ tenantId, appId, userName });
      if (forget) forgetUser.run({ tenantId, userName });
    },
    withdrawAll: (tenantId: string, appId: string) => void takeAll.run({ tenantId, appId }),
  };
}
