import type { kitLoginApi } from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { MarketplaceParts } from '../../marketplace.ts';
import type { Application } from '../application.ts';
import type { Grantee } from '../grants.ts';
import { lifetimes } from '../grants.ts';
import { callbackUrl, type LoginTarget, loginPageFor, loginPagePath } from './addresses.ts';
import type { loginPageContract } from './contract.ts';
import { applicationPage, loginPage } from './page.ts';
import { signedIn, signIn } from './sign-in.ts';

/** What browsers come for: the login page, `authorize`, and the ends of the session. Redirects go to registered addresses only. */

type Answer<Status extends number> = {
  readonly status: Status;
  readonly body: string;
  readonly headers: Record<string, string>;
};

const cookie = 'mock-marketplace-session';

export interface BrowserLogin {
  readonly pages: Handlers<typeof loginPageContract>;
  readonly authorize: Handlers<typeof kitLoginApi>['authorize'];
  /** Ends the session, and leads to `to` where that is of the origin of a registered address, else to the login page. */
  end(ctx: Koa.Context, to: string | undefined): { status: 302; body: undefined; headers: Record<string, string> };
}

export function browserLogin({ records, realNow }: Pick<MarketplaceParts, 'records' | 'realNow'>): BrowserLogin {
  const { kit, grants } = records;
  const sessionOf = (ctx: Koa.Context): string | undefined => ctx.cookies.get(cookie);

  interface Asked {
    readonly appId?: string | undefined;
    readonly client_id?: string | undefined;
    readonly redirect_uri?: string | undefined;
    readonly state?: string | undefined;
  }

  /** What was asked for, or what is wrong with it: nobody is then sent anywhere. */
  function targetOf({ appId, client_id: clientId, redirect_uri: redirectUri, state }: Asked): LoginTarget | string {
    if (clientId === undefined) {
      const application = appId === undefined ? undefined : kit.application(appId);
      return application === undefined ? 'There is no application with this appId.' : { via: 'unified', application };
    }
    const client = kit.client(clientId);
    const application = client === undefined ? undefined : kit.application(client.appId);
    if (client === undefined || application === undefined) return 'There is no client with this client_id.';
    if (redirectUri !== application.loginUrl) return 'The redirect_uri is not the login address of the credential.';
    if (state !== undefined && !/^[A-Za-z0-9]*$/.test(state))
      return 'The state has other characters than letters and digits.';
    return { via: 'authorize', application, tenantId: client.tenantId, clientId, state };
  }

  function callback(target: LoginTarget, grantee: Grantee, setCookie?: string) {
    const byTicket = target.via === 'unified' && target.application.loginProtocol === 'CAS';
    const secret = grants.give(byTicket ? 'TICKET' : 'CODE', grantee, realNow());
    const headers = { ...privately, Location: callbackUrl(target, grantee, secret) };
    return redirect(setCookie === undefined ? headers : { ...headers, 'Set-Cookie': setCookie });
  }

  const page = <Status extends number>(status: Status, body: string, application?: Application): Answer<Status> => ({
    status,
    body,
    headers: { ...privately, 'Content-Security-Policy': policy(application) },
  });

  const session = (secret: string, seconds: number): string =>
    `${cookie}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${kit.origin().startsWith('https:') ? '; Secure' : ''}`;

  return {
    pages: {
      start: () => page(200, applicationPage()),
      page: ({ query, ctx }) => {
        if (query.appId === undefined && query.client_id === undefined) return page(200, applicationPage());
        const target = targetOf(query);
        if (typeof target === 'string') return page(400, applicationPage(target));
        return records.transaction(() => {
          const grantee = signedIn(records, target, sessionOf(ctx), realNow());
          return grantee === undefined
            ? page(200, loginPage(target, ''), target.application)
            : callback(target, grantee);
        });
      },
      signIn: ({ body, ctx }) => {
        if (ctx.get('Sec-Fetch-Site').toLowerCase() === 'cross-site') {
          return page(403, applicationPage('The form was sent by a page of another site.'));
        }
        const target = targetOf(body);
        if (typeof target === 'string') return page(400, applicationPage(target));
        return records.transaction(() => {
          const signed = signIn(records, target, body, realNow());
          if (!signed.ok) {
            const again = loginPage(target, body.tenant, signed.refusal);
            const status = ({ wrong: 401, locked: 429, 'not-authorized': 403 } as const)[signed.refusal];
            return page(status, again, target.application);
          }
          const secret = grants.give('SESSION', signed.grantee, realNow());
          return callback(target, signed.grantee, session(secret, lifetimes.SESSION));
        });
      },
    },
    authorize: ({ query, ctx }) => {
      const target = targetOf(query);
      if (typeof target === 'string') {
        return { status: 400, body: { error: 'invalid_request', error_description: target } };
      }
      return records.transaction(() => {
        const grantee = signedIn(records, target, sessionOf(ctx), realNow());
        return grantee === undefined
          ? redirect({ ...privately, Location: loginPageFor(target) })
          : callback(target, grantee);
      });
    },
    end: (ctx, to) => {
      const secret = sessionOf(ctx);
      if (secret !== undefined) grants.take(secret);
      const url = to === undefined ? null : URL.parse(to.trim());
      const known = url !== null && kit.isLoginOrigin(url.origin) && url.username === '' && url.password === '';
      const headers = { ...privately, Location: known ? url.href : loginPagePath, 'Set-Cookie': session('', 0) };
      return redirect(headers);
    },
  };
}

const redirect = (headers: Record<string, string>) => ({ status: 302, body: undefined, headers }) as const;

/** Codes stand in addresses, which neither caches nor other sites shall see. */
const privately = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/**
 * No script, nothing from elsewhere, no frame. A browser takes `form-action` for the redirects behind a form too, so the
 * application's origin stands in it, and where the application is still asked for there is none.
 */
function policy(application: Application | undefined): string {
  const shared = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
  return application === undefined ? shared : `${shared}; form-action 'self' ${new URL(application.loginUrl).origin}`;
}
