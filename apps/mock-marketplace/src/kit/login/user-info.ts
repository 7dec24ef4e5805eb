import type { KitUserInfo } from '@koobridge/contracts';
import type * as z from 'zod';
import type { Grantee } from '../grants.ts';
import type { Kit } from '../queries.ts';

/** The members of both pages but those of the workbench only, and `userId`, whose relation to `id` no page explains. */
export function userInfoOf(kit: Kit, { tenantId, userName }: Grantee): z.output<typeof KitUserInfo> | undefined {
  const account = kit.account(tenantId, userName);
  if (account === undefined) return undefined;
  const { id, user } = account;
  const { name, email, mobile, role, orgCode } = user;
  const { orgName } = kit.department(tenantId, orgCode) ?? {};
  return {
    id,
    userName,
    name,
    email,
    mobile,
    role,
    organizationName: orgName,
    organizationCode: orgCode,
    projectName: kit.tenant(tenantId)?.name,
    tenant: tenantId,
  };
}
