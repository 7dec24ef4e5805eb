import type { Handlers } from '@koobridge/ts-rest-koa';
import { iso } from '../clock/calendar.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import type { Done } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import { kitActions } from './actions.ts';
import type { Application } from './application.ts';
import { placeOf } from './bind.ts';
import type { Tenant } from './enterprise.ts';
import { unifiedLoginUrl } from './login/addresses.ts';
import type { kitRoutes } from './routes.ts';

export function kitHandlers(market: Marketplace): Handlers<typeof kitRoutes> {
  const { records } = market.parts;
  const { kit } = records;
  const act = kitActions(market);

  const shown = ({ createdAt, ...application }: Application) => ({
    ...application,
    unifiedLogin: unifiedLoginUrl(kit.origin(), application.appId),
    createdAt: iso(createdAt),
  });
  const application = (appId: string) => {
    const found = kit.application(appId);
    return found === undefined ? refusalAnswer('unknown-application') : ok(shown(found));
  };
  const shownTenant = ({ number: _, ...tenant }: Tenant) => ({ ...tenant, domainName: kit.origin() });
  const ofTenant = <View>(tenantId: string, view: (tenant: Tenant) => View) => {
    const tenant = kit.tenant(tenantId);
    return tenant === undefined ? refusalAnswer('unknown-tenant') : ok(view(tenant));
  };
  const answer = <Value>(done: Done<Value>) => (done.ok ? ok(done.value) : refusalAnswer(done.refusal));

  return {
    applications: ({ query }) => ok(kit.applications(query.after, query.limit).map(shown)),
    application: ({ params }) => application(params.appId),
    applyForApplication: async ({ body }) => {
      const done = await act.apply(body);
      if (!done.ok) return refusalAnswer(done.refusal);
      const view = application(done.value.appId);
      return view.status === 200 ? ok({ ...view.body, secret: done.value.secret }) : view;
    },
    saveApplication: async ({ params, body }) => {
      const done = await act.save(params.appId, body);
      return done.ok ? application(params.appId) : refusalAnswer(done.refusal);
    },
    applyForTestAccount: async ({ params }) => {
      const done = await act.applyForTestAccount(params.appId);
      return done.ok ? ok({ domain: kit.origin(), ...done.value }) : refusalAnswer(done.refusal);
    },

    tenants: ({ query }) => ok(kit.tenants(query.after, query.limit).map(shownTenant)),
    tenant: ({ params: { tenantId } }) =>
      ofTenant(tenantId, (tenant) => ({
        ...shownTenant(tenant),
        applications: kit.clients(tenantId).map(({ appId, clientId }) => ({ appId, clientId })),
        bindings: kit.bindings(tenantId).map(({ subject, appId, step }) => {
          const { instanceId, orderId } = placeOf(records, subject);
          return { subject, appId, instanceId: instanceId || null, orderId: orderId || null, step };
        }),
      })),
    saveTenant: async ({ params: { tenantId }, body }) => {
      const done = await act.rename(tenantId, body.name);
      if (!done.ok) return refusalAnswer(done.refusal);
      return ofTenant(tenantId, (tenant) => ({ tenant: shownTenant(tenant), messages: done.value.messages }));
    },
    updateTenantApplication: async ({ params, body }) =>
      answer(await act.updateApplication(params.tenantId, body?.appId)),
    users: ({ params: { tenantId }, query }) => {
      const clients = kit.clients(tenantId).filter(({ appId }) => query.appId === undefined || query.appId === appId);
      const [client] = clients;
      if (clients.length > 1) return refusalAnswer('which-application');
      return ofTenant(tenantId, () =>
        client === undefined ? [] : kit.users(tenantId, client.appId, query.after, query.limit),
      );
    },
    changeUsers: async ({ params, body }) => answer(await act.changeUsers(params.tenantId, body)),
    departments: ({ params: { tenantId } }) => ofTenant(tenantId, () => kit.departments(tenantId)),
    changeDepartment: async ({ params, body }) => answer(await act.changeDepartment(params.tenantId, body)),
    syncDepartments: async ({ params }) => answer(await act.syncDepartments(params.tenantId)),
  };
}
