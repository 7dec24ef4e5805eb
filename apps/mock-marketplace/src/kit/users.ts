import type { Records } from '../database/records.ts';
import { drawFrom } from '../draw.ts';
import type { KitCommand } from './calls.ts';
import { rootDepartment, User } from './enterprise.ts';
import type { UserChanges } from './routes.ts';
import { digestOf, newSecret } from './secret.ts';

export type UserRefusal = 'unknown-user' | 'unknown-department';

/** What the change of a list of users is called on the wire. */
export const userCommands: Readonly<Record<UserChanges['change'], KitCommand>> = {
  authorize: 'ADD',
  modify: 'MODIFY',
  withdraw: 'CANCEL_AUTHORIZATION',
  delete: 'DELETE',
};

/** What the users will be, or why none of them may be changed so. */
export function usersAfter(
  { kit }: Records,
  tenantId: string,
  appId: string,
  { change, users }: UserChanges,
): { readonly ok: true; readonly users: readonly User[] } | { readonly ok: false; readonly refusal: UserRefusal } {
  const after: User[] = [];
  for (const given of users) {
    const { userName } = given;
    const known = kit.account(tenantId, userName)?.user;
    if (change !== 'authorize' && !kit.isAuthorized(tenantId, appId, userName)) {
      return { ok: false, refusal: 'unknown-user' };
    }
    const base = known ?? { name: userName, orgCode: rootDepartment.orgCode, role: 'user', enable: 'true' };
    const changes = change === 'authorize' || change === 'modify' ? given : {};
    const user = User.parse({ ...base, ...changes, userName });
    if (kit.department(tenantId, user.orgCode) === undefined) return { ok: false, refusal: 'unknown-department' };
    after.push(user);
  }
  return { ok: true, users: after };
}

/**
 * Writes a user as changed, and answers the password of one who is new to the enterprise. That withdrawing leaves the
 * account in the enterprise and deleting does not, unless another application has authorised it, is a choice.
 */
export function writeUser(
  { kit, grants, seed }: Records,
  tenantId: string,
  appId: string,
  change: UserChanges['change'],
  user: User,
): string | null {
  const { userName } = user;
  if (change === 'withdraw' || change === 'delete') {
    kit.withdraw(tenantId, appId, userName, change === 'delete');
    grants.takeAll(tenantId, appId, userName);
    return null;
  }
  const known = kit.account(tenantId, userName);
  const password = known === undefined ? newSecret() : null;
  const id = known?.id ?? drawFrom(seed).text(32, `user ${tenantId} ${userName}`).toLowerCase();
  const passwordDigest = password === null ? (known?.passwordDigest ?? '') : digestOf(password);
  kit.saveUser(tenantId, user, { id, passwordDigest });
  kit.authorize(tenantId, appId, userName);
  return password;
}
