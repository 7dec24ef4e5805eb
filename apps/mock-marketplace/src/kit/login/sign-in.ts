import type { Records } from '../../database/records.ts';
import type { Grantee } from '../grants.ts';
import { digestOf, fits } from '../secret.ts';
import type { LoginTarget } from './addresses.ts';

export type SignInRefusal = 'wrong' | 'locked' | 'not-authorized';

/** After so many wrong passwords in a row an account is locked for a while, in real time. No page tells either. */
const guesses = 10;
const lockedMs = 15 * 60_000;

/** Compared with where there is no account, so that this takes as long as where there is one. */
const nobody = digestOf('nobody');

export interface Credentials {
  /** The id of the enterprise, or its code. */
  readonly tenant: string;
  readonly account: string;
  readonly password: string;
}

/** Checks an account and its password, in the caller's transaction. */
export function signIn(
  { kit }: Records,
  target: LoginTarget,
  { tenant, account: userName, password }: Credentials,
  realNow: number,
): { readonly ok: true; readonly grantee: Grantee } | { readonly ok: false; readonly refusal: SignInRefusal } {
  const tenantId = target.via === 'authorize' ? target.tenantId : kit.tenantNamed(tenant)?.tenantId;
  const account = tenantId === undefined ? undefined : kit.account(tenantId, userName);
  const right = fits(password, account?.passwordDigest ?? nobody);
  if (account === undefined) return { ok: false, refusal: 'wrong' };
  if (realNow < account.lockedUntil) return { ok: false, refusal: 'locked' };
  if (!right) {
    const failures = account.failures + 1;
    const locks = failures >= guesses;
    kit.setFailures(account.tenantId, userName, locks ? 0 : failures, locks ? realNow + lockedMs : 0);
    return { ok: false, refusal: 'wrong' };
  }
  if (account.failures > 0) kit.setFailures(account.tenantId, userName, 0, 0);
  const grantee: Grantee = { tenantId: account.tenantId, appId: target.application.appId, userName };
  return mayLogIn(kit, grantee) ? { ok: true, grantee } : { ok: false, refusal: 'not-authorized' };
}

/** Whether a user is enabled and authorised for an application, which its enterprise still uses. */
export function mayLogIn(kit: Records['kit'], { tenantId, appId, userName }: Grantee): boolean {
  return (
    kit.account(tenantId, userName)?.user.enable === 'true' &&
    kit.isAuthorized(tenantId, appId, userName) &&
    kit.clientOf(tenantId, appId) !== undefined
  );
}

/** Whom a browser's session with the platform lets in to a target without asking. */
export function signedIn(
  { kit, grants }: Records,
  target: LoginTarget,
  session: string | undefined,
  realNow: number,
): Grantee | undefined {
  const holder = session === undefined ? undefined : grants.find('SESSION', session, realNow);
  if (holder === undefined) return undefined;
  if (target.via === 'authorize' && target.tenantId !== holder.tenantId) return undefined;
  const grantee: Grantee = { ...holder, appId: target.application.appId };
  return mayLogIn(kit, holder) && mayLogIn(kit, grantee) ? grantee : undefined;
}
