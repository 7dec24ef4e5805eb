import type { Callback } from '../callbacks/callback.ts';
import type { Refusal } from '../control/refusal.ts';
import { acting, type Done, no, type Written, yes } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import type { Application, ApplicationForm } from './application.ts';
import { bind, foundTenant, placeOf, renewSecret } from './bind.ts';
import { departmentCall, organisationCall, tenantCall, usersCall } from './calls.ts';
import { departmentAfter } from './departments.ts';
import { type Binding, type Department, rootDepartment, type Tenant } from './enterprise.ts';
import { readPublicKey } from './public-key.ts';
import type { DepartmentChange, UserChanges } from './routes.ts';
import { newSecret } from './secret.ts';
import { userCommands, usersAfter, writeUser } from './users.ts';
import { addKitCalls } from './write.ts';

/** What was sent because of an action, by message id. */
interface Sent {
  readonly messages: string[];
}

export interface Password {
  readonly userName: string;
  /** Of a user who is new to the enterprise. */
  readonly password: string | null;
}

export interface KitActions {
  apply(form: ApplicationForm): Promise<Done<{ readonly appId: string; readonly secret: string }>>;
  save(appId: string, form: ApplicationForm): Promise<Done<undefined>>;
  applyForTestAccount(
    appId: string,
  ): Promise<Done<Sent & { readonly tenantId: string; readonly account: string; readonly password: string }>>;
  rename(tenantId: string, name: string | undefined): Promise<Done<Sent>>;
  updateApplication(tenantId: string, appId: string | undefined): Promise<Done<Sent>>;
  changeUsers(tenantId: string, changes: UserChanges): Promise<Done<Sent & { readonly users: Password[] }>>;
  changeDepartment(
    tenantId: string,
    change: DepartmentChange,
  ): Promise<Done<Sent & { readonly department: Department }>>;
  syncDepartments(tenantId: string): Promise<Done<Sent>>;
}

export function kitActions(market: Marketplace): KitActions {
  const { records, draw } = market.parts;
  const { kit, clock } = records;
  const { inTurn } = acting(market);

  function send<Value extends object>(calls: readonly Callback[], value: Value): Done<Written<Value & Sent>> {
    const messages = addKitCalls(records, calls);
    return yes({ messages, value: { ...value, messages: messages.map(({ id }) => String(id)) } });
  }

  /** The application of a tenant that is meant: the only one where none is named. */
  function applicationOf(tenantId: string, appId: string | undefined): Application | Refusal {
    if (kit.tenant(tenantId) === undefined) return 'unknown-tenant';
    const clients = kit.clients(tenantId).filter((client) => appId === undefined || client.appId === appId);
    const [client] = clients;
    if (client === undefined) return 'not-bound';
    return clients.length > 1 ? 'which-application' : (kit.application(client.appId) ?? 'unknown-application');
  }

  const inTenant = <Value>(tenantId: string, decide: (tenant: Tenant) => Done<Written<Value>>): Promise<Done<Value>> =>
    inTurn(() => {
      const tenant = kit.tenant(tenantId);
      return tenant === undefined ? no('unknown-tenant') : decide(tenant);
    });

  const ofApplication = <Value>(
    tenantId: string,
    appId: string | undefined,
    decide: (application: Application) => Done<Written<Value>>,
  ): Promise<Done<Value>> =>
    inTurn(() => {
      const application = applicationOf(tenantId, appId);
      return typeof application === 'string' ? no(application) : decide(application);
    });

  function renewed(tenantId: string, application: Application): Callback[] {
    const client = kit.clientOf(tenantId, application.appId);
    return client === undefined ? [] : renewSecret(records, client, application);
  }

  const organisation = ({ subject, tenantId }: Binding): Callback =>
    organisationCall(placeOf(records, subject), tenantId, kit.departments(tenantId), clock.now());

  const knowsDepartments = ({ step }: Binding): boolean => step === 'ORGANISATION' || step === 'BOUND';

  /** Whether the whole organisation is still to be told, which would then be an old one. */
  const isListWaiting = ({ subject, step }: Binding): boolean =>
    step === 'ORGANISATION' || records.messages.waiting(subject, ['allOrgSync']).length > 0;

  function keyOf(form: ApplicationForm, appId: string | undefined): { readonly pem: string } | Refusal {
    const key = readPublicKey(form.publicKey);
    if (!key.ok) return key.refusal;
    const other = kit.applicationAt(form.loginUrl);
    return other !== undefined && other.appId !== appId ? 'login-url-taken' : key;
  }

  return {
    apply: (form) =>
      inTurn(() => {
        const key = keyOf(form, undefined);
        if (typeof key === 'string') return no(key);
        const appId = draw.text(16, `application ${kit.applicationCount() + 1}`);
        const tenant: Tenant = {
          tenantId: draw.text(32, `tenant of ${appId}`).toLowerCase(),
          tenantCode: `test-${appId.toLowerCase()}`,
          customer: null,
          number: 1,
          name: `Tests of ${form.name}`,
        };
        const application: Application = {
          ...form,
          publicKey: key.pem,
          appId,
          testTenant: tenant.tenantId,
          testAccount: null,
          createdAt: clock.now(),
        };
        kit.saveApplication(application);
        foundTenant(kit, tenant);
        return send(bind(records, placeOf(records, appId), tenant, application), { appId, secret: newSecret() });
      }),
    save: (appId, form) =>
      inTurn(() => {
        const known = kit.application(appId);
        if (known === undefined) return no('unknown-application');
        if (known.multiInstance && !form.multiInstance) return no('multi-instance-stays');
        const key = keyOf(form, appId);
        if (typeof key === 'string') return no(key);
        const application: Application = { ...known, ...form, publicKey: key.pem };
        kit.saveApplication(application);
        const encryptedAnew = key.pem !== known.publicKey || form.oaepHash !== known.oaepHash;
        const calls = encryptedAnew ? renewed(known.testTenant, application) : [];
        return yes({ messages: addKitCalls(records, calls), value: undefined });
      }),
    applyForTestAccount: (appId) =>
      inTurn(() => {
        const application = kit.application(appId);
        if (application === undefined) return no('unknown-application');
        if (application.testAccount !== null) return no('test-account-exists');
        const { testTenant: tenantId } = application;
        const account = `test-${draw.text(8, `test account ${appId}`).toLowerCase()}`;
        const { orgCode } = rootDepartment;
        const user = { userName: account, name: 'Test account', orgCode, role: 'admin', enable: 'true' } as const;
        kit.saveApplication({ ...application, testAccount: account });
        const password = writeUser(records, tenantId, appId, 'authorize', user) ?? '';
        const call = usersCall(placeOf(records, appId), { tenantId, appId }, [user], 'ADD', clock.now());
        return send([call], { tenantId, account, password });
      }),
    rename: (tenantId, name) =>
      inTenant(tenantId, (known) => {
        const tenant = { ...known, name: name ?? known.name };
        kit.saveTenant(tenant);
        const calls = kit.bindings(tenantId).map(({ subject, step }) => {
          const command = step === 'TENANT' ? 'ADD' : 'MODIFY';
          return tenantCall(placeOf(records, subject), tenant, kit.origin(), command, clock.now());
        });
        return send(calls, {});
      }),
    updateApplication: (tenantId, appId) =>
      ofApplication(tenantId, appId, (application) => send(renewed(tenantId, application), {})),
    changeUsers: (tenantId, changes) =>
      ofApplication(tenantId, changes.appId, ({ appId }) => {
        const { change } = changes;
        const after = usersAfter(records, tenantId, appId, changes);
        if (!after.ok) return no(after.refusal);
        const users = after.users.map((user) => {
          const password = writeUser(records, tenantId, appId, change, user);
          return { userName: user.userName, password };
        });
        const calls = kit
          .bindings(tenantId, appId)
          .map(({ subject }) =>
            usersCall(placeOf(records, subject), { tenantId, appId }, after.users, userCommands[change], clock.now()),
          );
        return send(calls, { users });
      }),
    changeDepartment: (tenantId, change) =>
      inTenant(tenantId, () => {
        const after = departmentAfter(kit, tenantId, change);
        if (!after.ok) return no(after.refusal);
        const { department } = after;
        if (change.change === 'delete') kit.removeDepartment(tenantId, department.orgCode);
        else kit.saveDepartment(tenantId, department);
        const command = departmentCommands[change.change];
        const calls = kit
          .bindings(tenantId)
          .filter(knowsDepartments)
          .flatMap((binding) => {
            const place = placeOf(records, binding.subject);
            const call = departmentCall(place, tenantId, department, command, clock.now());
            return isListWaiting(binding) ? [organisation(binding), call] : [call];
          });
        return send(calls, { department });
      }),
    syncDepartments: (tenantId) =>
      inTenant(tenantId, () => send(kit.bindings(tenantId).filter(knowsDepartments).map(organisation), {})),
  };
}

const departmentCommands = { add: 'ADD', modify: 'MODIFY', delete: 'DELETE' } as const;
