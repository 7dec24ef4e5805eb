import type { DatabaseSync } from 'node:sqlite';
import type { Application } from './application.ts';
import { storedApplications } from './application-queries.ts';
import type { Account, Binding, BindingStep, Client, Department, Tenant, User } from './enterprise.ts';
import { storedBindings, storedClients, storedTenants } from './tenant-queries.ts';
import { storedDepartments, storedUsers } from './user-queries.ts';

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

export function storedKit(database: DatabaseSync): Kit {
  let origin = 'http://127.0.0.1';
  return {
    origin: () => origin,
    reachedAt: (next) => {
      origin = next;
    },
    ...storedApplications(database),
    ...storedTenants(database),
    ...storedBindings(database),
    ...storedClients(database),
    ...storedDepartments(database),
    ...storedUsers(database),
  };
}
