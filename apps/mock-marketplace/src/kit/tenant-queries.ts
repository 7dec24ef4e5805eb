import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { Binding, type BindingStep, Client, Tenant } from './enterprise.ts';

const Count = z.object({ count: z.number() });

export function storedTenants(database: DatabaseSync) {
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

export function storedBindings(database: DatabaseSync) {
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

export function storedClients(database: DatabaseSync) {
  const byId = query(database, Client, 'SELECT * FROM kitClients WHERE clientId = $clientId');
  const ofTenant = query(database, Client, 'SELECT * FROM kitClients WHERE tenantId = $tenantId ORDER BY rowid');
  const ofBoth = query(database, Client, 'SELECT * FROM kitClients WHERE tenantId = $tenantId AND appId = $appId');
  const upsert = database.prepare(
    `INSERT INTO kitClients VALUES ($clientId, $tenantId, $appId, $secretDigest, $encryptedSecret, $encryptedFor)
     ON CONFLICT (clientId) DO UPDATE
       SET secretDigest = $secretDigest, encryptedSecret = $encryptedSecret, encryptedFor = $encryptedFor`,
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
