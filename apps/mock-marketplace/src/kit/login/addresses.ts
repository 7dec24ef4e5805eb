import type { Application } from '../application.ts';
import type { Grantee } from '../grants.ts';

/**
 * The unified login (`accessg-marketplace/zh-cn_topic_0070649141`) lies behind a `#` at the store, where a script reads
 * its parameters; here there is no script, so they stand in the query.
 */
export const loginPagePath = '/unified-login/portal-login';

export const unifiedLoginUrl = (origin: string, appId: string): string =>
  `${origin}${loginPagePath}?${pairs({ ind: 'UNOP', appId })}`;

/** What a browser asked for that has to log in first. */
export type LoginTarget =
  | { readonly via: 'unified'; readonly application: Application }
  | {
      readonly via: 'authorize';
      readonly application: Application;
      /** The client's own enterprise. */
      readonly tenantId: string;
      readonly clientId: string;
      readonly state: string | undefined;
    };

/** The login page's own parameters for a target. */
export const targetPairs = (target: LoginTarget): Readonly<Record<string, string>> =>
  target.via === 'unified'
    ? { ind: 'UNOP', appId: target.application.appId }
    : {
        client_id: target.clientId,
        redirect_uri: target.application.loginUrl,
        ...(target.state === undefined ? {} : { state: target.state }),
      };

export const loginPageFor = (target: LoginTarget): string => `${loginPagePath}?${pairs(targetPairs(target))}`;

/**
 * Where the browser goes after the login: to the registered address and nowhere else, with `code` and `tenant` after the
 * unified login, with `code` and `state` after `authorize`, with a CAS `ticket` where the application was adapted to that.
 */
export function callbackUrl(target: LoginTarget, { tenantId }: Grantee, secret: string): string {
  const { loginUrl, loginProtocol } = target.application;
  const byTicket = target.via === 'unified' && loginProtocol === 'CAS';
  const query =
    target.via === 'unified'
      ? { [byTicket ? 'ticket' : 'code']: secret, tenant: tenantId }
      : { code: secret, ...(target.state === undefined ? {} : { state: target.state }) };
  return `${loginUrl}${loginUrl.includes('?') ? '&' : '?'}${pairs(query)}`;
}

const pairs = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
