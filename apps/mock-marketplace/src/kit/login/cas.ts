import type { MarketplaceParts } from '../../marketplace.ts';
import type { Application } from '../application.ts';
import { escaped } from './page.ts';
import { mayLogIn } from './sign-in.ts';
import { userInfoOf } from './user-info.ts';

/**
 * Whose a CAS ticket is (`accessg-marketplace/zh-cn_topic_0070649473`). Of the success the page shows XML, of the failure
 * a sibling page shows JSON; the other form of each is made by the same names.
 */

export interface CasQuestion {
  readonly service: string;
  readonly ticket: string;
  readonly format?: 'XML' | 'JSON' | undefined;
}

type CasAnswer =
  | { readonly ok: true; readonly user: string; readonly attributes: Readonly<Record<string, string | boolean>> }
  | { readonly ok: false; readonly description: string };

/** Checks a ticket, which is good for one question, and answers as asked: the content type and the body. */
export function validateTicket(
  { records, realNow }: Pick<MarketplaceParts, 'records' | 'realNow'>,
  { service, ticket, format = 'JSON' }: CasQuestion,
): { readonly contentType: string; readonly body: string } {
  const { kit, grants } = records;
  const answer = records.transaction((): CasAnswer => {
    const grantee = grants.find('TICKET', ticket, realNow());
    grants.take(ticket);
    const application = grantee === undefined ? undefined : kit.application(grantee.appId);
    const info = grantee === undefined ? undefined : userInfoOf(kit, grantee);
    if (grantee === undefined || application === undefined || info === undefined || !mayLogIn(kit, grantee)) {
      return { ok: false, description: 'The ticket is unknown, used or expired' };
    }
    if (!isService(service, application, grantee.tenantId)) {
      return { ok: false, description: 'The service is not the one that received the ticket' };
    }
    const { userName, name, role, organizationCode } = info;
    return {
      ok: true,
      user: userName,
      attributes: {
        authenticationDate: new Date(realNow()).toISOString(),
        longTermAuthenticationRequestTokenUsed: false,
        isFromNewLogin: true,
        role: role ?? '',
        organizationCode: organizationCode ?? '',
        name: name ?? '',
        userName,
        tenant: grantee.tenantId,
      },
    };
  });
  return format === 'XML'
    ? { contentType: 'application/xml; charset=utf-8', body: inXml(answer) }
    : { contentType: 'application/json', body: JSON.stringify(inJson(answer)) };
}

/** The registered address, or that with the tenant behind it, for which the page's example writes `&` where a `?` is due. */
const isService = (service: string, { loginUrl }: Application, tenantId: string): boolean =>
  [loginUrl, `${loginUrl}&tenant=${tenantId}`, `${loginUrl}?tenant=${tenantId}`].includes(service);

const inJson = (answer: CasAnswer) => ({
  serviceResponse: answer.ok
    ? { authenticationSuccess: { user: answer.user, attributes: answer.attributes } }
    : { authenticationFailure: { code: 'INVALID_TICKET', description: answer.description } },
});

function inXml(answer: CasAnswer): string {
  const content = answer.ok
    ? element('authenticationSuccess', [
        element('user', [escaped(answer.user)]),
        element(
          'attributes',
          Object.entries(answer.attributes).map(([name, value]) => element(name, [escaped(String(value))])),
        ),
      ])
    : `<cas:authenticationFailure code="INVALID_TICKET">${escaped(answer.description)}</cas:authenticationFailure>`;
  return `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${content}</cas:serviceResponse>`;
}

const element = (name: string, content: readonly string[]): string => `<cas:${name}>${content.join('')}</cas:${name}>`;
