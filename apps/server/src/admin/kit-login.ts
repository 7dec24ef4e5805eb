/** Logs the users of an application in for the seller's web application, which never sees the client's secret. */
import { authorizeUrl, loginUrl } from '@koobridge/contracts';
import type { ServerInferRequest } from '@ts-rest/core';
import { type KitFailed, type KitLogin, type KitRefused, loginOrigin, noOrigin } from '../store/kit-login.ts';
import type { KitClient, Tenants } from '../tenants/tenants.ts';
import type { openApiRoutes } from './open-api-routes.ts';

export interface LoginNeed {
  readonly tenants: { client(...application: Parameters<Tenants['client']>): Promise<KitClient | undefined> };
  readonly kit: KitLogin;
}

type Routes = ServerInferRequest<typeof openApiRoutes>;
type Login = Pick<Routes['login'], 'params' | 'body'>;
type Refresh = Pick<Routes['refreshLogin'], 'params' | 'body'>;
type Urls = Pick<Routes['loginUrl'], 'params' | 'query'>;

export async function login({ params, body }: Login, { tenants, kit }: LoginNeed) {
  const client = await tenants.client(params.tenantId, params.appId, body.instanceId);
  if (client === undefined) return unknown(params);
  const answer = await kit.login(client, body.code, body.redirectUri);
  if (!answer.ok) return notLoggedIn(answer);
  const { ok: _, ...given } = answer;
  return { status: 200, body: given } as const;
}

export async function refreshLogin({ params, body }: Refresh, { tenants, kit }: LoginNeed) {
  const client = await tenants.client(params.tenantId, params.appId, body.instanceId);
  if (client === undefined) return unknown(params);
  const answer = await kit.refresh(client, body.refreshToken);
  if (!answer.ok) return notLoggedIn(answer);
  const { ok: _, ...given } = answer;
  return { status: 200, body: given } as const;
}

export async function loginUrls({ params, query }: Urls, { tenants }: Pick<LoginNeed, 'tenants'>) {
  const client = await tenants.client(params.tenantId, params.appId, query.instanceId);
  if (client === undefined) return unknown(params);
  const { redirectUri, state } = query;
  const origin = loginOrigin(client.domainName);
  if (origin === undefined) {
    return { status: 502, body: { error: noOrigin } } as const;
  }
  const asked = { clientId: client.clientId, ...(state === undefined ? {} : { state }) };
  return {
    status: 200,
    body: {
      loginUrl: loginUrl(params.appId),
      authorizeUrl: redirectUri === undefined ? null : authorizeUrl(origin, { ...asked, redirectUri }),
    },
  } as const;
}

interface Application {
  readonly tenantId: string;
  readonly appId: string;
}

const unknown = ({ tenantId, appId }: Application) =>
  ({ status: 404, body: { error: `no application ${appId} of a tenant ${tenantId} is known here` } }) as const;

function notLoggedIn(answer: KitRefused | KitFailed) {
  if (answer.kind === 'failed') return { status: 502, body: { error: answer.problem } } as const;
  const { error, description } = answer;
  return { status: 422, body: { error, ...(description === undefined ? {} : { description }) } } as const;
}
