import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { type Account, Department, User } from './enterprise.ts';

const Count = z.object({ count: z.number() });

export function storedDepartments(database: DatabaseSync) {
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

export function storedUsers(database: DatabaseSync) {
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
