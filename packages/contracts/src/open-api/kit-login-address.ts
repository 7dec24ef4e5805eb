import { kitLoginApi } from './kit-login.ts';

/** Where the login APIs of one tenant are: scheme and host, without a slash at the end. */
export type KitOrigin = `https://${string}` | `http://${string}`;

/**
 * The origin in the `domainName` of a tenant, which holds `https://` on most pages and lacks it on some. `undefined` for
 * what is no host: the client's secret is sent there, so nothing with an account, a path or a query passes.
 */
export function kitOrigin(domainName: string): KitOrigin | undefined {
  const [, scheme = 'https', host] = /^(?:(https?):\/\/)?([^/?#@\\\s]+)\/?$/i.exec(domainName.trim()) ?? [];
  const address = `${scheme}://${host}`;
  if (host === undefined || !URL.canParse(address)) return undefined;
  const { protocol, host: read } = new URL(address);
  return protocol === 'http:' ? `http://${read}` : `https://${read}`;
}

/** The store's unified login page for an application; what it asks for stands behind the `#` and reaches no server. */
export const loginUrl = (appId: string): string =>
  `https://macroverse.huaweicloud.com/unified-login/#/portal-login?ind=UNOP&appId=${encodeURIComponent(appId)}`;

export interface Authorization {
  readonly clientId: string;
  /** The callback address given at registration. */
  readonly redirectUri: string;
  /** `get_user_info` if left out. */
  readonly scope?: string;
  /** Letters and digits; comes back unchanged, which proves that the browser started here. */
  readonly state?: string;
}

/** Where a browser is sent to come back with a code. */
export const authorizeUrl = (origin: KitOrigin, { clientId, redirectUri, scope, state }: Authorization): string =>
  address(origin, kitLoginApi.authorize.path, {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state,
  });

/** Where a browser is sent to end its session with the platform; it comes back to `redirectUrl`, or stays on the login page. */
export const logoutUrl = (origin: KitOrigin, redirectUrl?: string): string =>
  address(origin, kitLoginApi.logout.path, { redirect_url: redirectUrl });

export interface CasTicket {
  /** The address that received the ticket, as registered; the samples append `&tenant=…` without a question mark. */
  readonly service: string;
  readonly ticket: string;
  /** JSON if left out. */
  readonly format?: 'XML' | 'JSON';
}

/** Where a server asks whose a CAS ticket is. */
export const casValidateUrl = (origin: KitOrigin, { service, ticket, format }: CasTicket): string =>
  address(origin, kitLoginApi.casValidate.path, { service, ticket, format });

function address(origin: KitOrigin, path: string, query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? `${origin}${path}` : `${origin}${path}?${pairs.join('&')}`;
}
