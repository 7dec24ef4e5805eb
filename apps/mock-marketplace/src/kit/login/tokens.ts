import { type kitLoginApi, kitLoginErrors } from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type { MarketplaceParts } from '../../marketplace.ts';
import { type Grantee, lifetimes } from '../grants.ts';
import { fits } from '../secret.ts';
import { mayLogIn } from './sign-in.ts';
import { userInfoOf } from './user-info.ts';

/**
 * The calls of a seller's server: tokens for a code or a refresh token, and whose an access token is. A refresh token is
 * answered each time; no page says that it changes, so it stays the same one.
 */

type Api = Handlers<typeof kitLoginApi>;

const [badCode, badRefresh, otherClient, badSecret, noToken] = kitLoginErrors;

const refused = <Status extends number>(
  { error, description }: { readonly error: string; readonly description: string },
  status: Status,
) => ({ status, body: { error, error_description: description }, headers: unstored });

const unstored = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** What no page gives a status for is 403, the status that a wrong id or secret is said to have (MIW FAQ). */
const clientStatus = 403;

export function tokenHandlers({
  records,
  realNow,
}: Pick<MarketplaceParts, 'records' | 'realNow'>): Pick<Api, 'token' | 'userInfo'> {
  const { kit, grants } = records;

  const tokens = (grantee: Grantee, refreshToken: string) => ({
    status: 200 as const,
    body: {
      access_token: grants.give('ACCESS', grantee, realNow()),
      token_type: 'Bearer',
      expires_in: lifetimes.ACCESS,
      scope: 'get_user_info',
      refresh_token: refreshToken,
    },
    headers: unstored,
  });

  return {
    token: ({ body }) =>
      records.transaction(() => {
        const client = kit.client(body.client_id);
        if (client === undefined) return refused(otherClient, clientStatus);
        if (!fits(body.client_secret, client.secretDigest)) return refused(badSecret, clientStatus);
        const isIts = ({ tenantId, appId }: Grantee) => tenantId === client.tenantId && appId === client.appId;
        if (body.grant_type === 'refresh_token') {
          const grantee = grants.find('REFRESH', body.refresh_token, realNow());
          if (grantee === undefined || !isIts(grantee) || !mayLogIn(kit, grantee)) {
            return refused(badRefresh, badRefresh.status);
          }
          return tokens(grantee, body.refresh_token);
        }
        const grantee = grants.find('CODE', body.code, realNow());
        if (grantee === undefined || !mayLogIn(kit, grantee)) return refused(badCode, badCode.status);
        if (!isIts(grantee)) return refused(otherClient, clientStatus);
        const { loginUrl } = kit.application(client.appId) ?? {};
        if (body.redirect_uri !== undefined && body.redirect_uri !== loginUrl) {
          return refused({ error: 'invalid_grant', description: 'Redirect URI mismatch' }, badCode.status);
        }
        grants.take(body.code);
        return tokens(grantee, grants.give('REFRESH', grantee, realNow()));
      }),
    userInfo: ({ ctx }) => {
      const [, token = ''] = /^Bearer +([\x21-\x7e]+)$/i.exec(ctx.get('Authorization')) ?? [];
      const grantee = grants.find('ACCESS', token, realNow());
      const info = grantee === undefined || !mayLogIn(kit, grantee) ? undefined : userInfoOf(kit, grantee);
      return info === undefined
        ? refused(noToken, noToken.status)
        : { status: 200, body: info, headers: { 'Cache-Control': 'no-store' } };
    },
  };
}
