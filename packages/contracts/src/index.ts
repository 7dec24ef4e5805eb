export * from './aksk/canonical-request.ts';
export * from './aksk/sdk-date.ts';
export * from './aksk/sign.ts';
export * from './aksk/verify.ts';
export * from './events/events.ts';
export { type ExplainOptions, explain } from './explain/explain.ts';
export type * from './explain/explanation.ts';
export { type Finding, type FindingId, findingIds } from './explain/findings.ts';
export type { ClassedKey, KeysToTry } from './explain/keys.ts';
export { type Mistake, type MistakeId, mistake, mistakeIds } from './explain/mistakes.ts';
export { type RequestParts, type RequestProblem, requestProblems } from './explain/request.ts';
export { type RequestToPrint, toCurl } from './explain/to-curl.ts';
export { findDuplicateMember } from './json/duplicate-member.ts';
export { sortMembers } from './json/sort-members.ts';
export * from './kit/all-org-sync.ts';
export * from './kit/application-sync.ts';
export * from './kit/auth-sync.ts';
export { kitFlag } from './kit/kit-flag.ts';
export * from './kit/org-info.ts';
export * from './kit/signature.ts';
export * from './kit/single-org-sync.ts';
export * from './kit/tenant-sync.ts';
export * from './kit/user.ts';
export * from './license-code/refresh-license-code.ts';
export * from './license-code/release-license-code.ts';
export * from './license-code/update-license-code-status.ts';
export * from './license-online/get-license-async.ts';
export * from './open-api/compose-upload.ts';
export * from './open-api/error-code.ts';
export * from './open-api/gateway-error.ts';
export * from './open-api/judge-usage-record.ts';
export * from './open-api/kit-login.ts';
export * from './open-api/kit-login-address.ts';
export * from './open-api/license.ts';
export * from './open-api/mock-orders.ts';
export * from './open-api/open-api-result.ts';
export * from './open-api/open-apis.ts';
export * from './open-api/order-query.ts';
export * from './open-api/order-query-errors.ts';
export * from './open-api/upload.ts';
export * from './open-api/usage-push.ts';
export * from './open-api/usage-record.ts';
export * from './order-notice/order-notify.ts';
export * from './production/activities.ts';
export type * from './production/activity.ts';
export * from './production/contract.ts';
export * from './production/expire-time.ts';
export * from './production/instance-ids.ts';
export * from './production/interfaces.ts';
export * from './production/kit-activities.ts';
export * from './production/paths.ts';
export * from './production/refresh-scene.ts';
export * from './production/result.ts';
export * from './production/status-order.ts';
export * from './production/test-flag.ts';
export * from './production/time-stamp.ts';
export * from './production/v1-activities.ts';
export * from './result-code.ts';
export * from './saas/app-info.ts';
export * from './saas/change-instance-check.ts';
export * from './saas/instance-info.ts';
export * from './saas/new-instance.ts';
export * from './saas/query-instance.ts';
export * from './saas/refresh-instance.ts';
export * from './saas/release-instance.ts';
export * from './saas/update-instance-status.ts';
export * from './saas/upgrade-instance.ts';
export * from './saas/usage-info.ts';
export * from './store-time.ts';
export type { FormRefusal, TokenReading } from './token/form.ts';
export * from './token/key-ring.ts';
export * from './token/parameters.ts';
export * from './token/refusal.ts';
export * from './token/sign.ts';
export { signatureBytes } from './token/signature.ts';
export {
  type BodyToVerify,
  type Reading,
  readings,
  type Verification,
  type VerifiedToken,
} from './token/verification.ts';
export * from './token/verify.ts';
export * from './usage-push/signature.ts';
export * from './v1/account-cipher.ts';
export { signAuthToken } from './v1/auth-token.ts';
export * from './v1/auth-token-body.ts';
export type { AuthTokenParameter } from './v1/auth-token-parameters.ts';
export * from './v1/auth-token-query.ts';
export * from './v1/auth-token-refusal.ts';
export {
  type AuthTokenReading,
  type AuthTokenToVerify,
  type RefusedAuthToken,
  type VerifiedAuthToken,
  v1Window,
} from './v1/auth-token-verification.ts';
export * from './v1/body-sign.ts';
export * from './v1/encrypt-type.ts';
export * from './v1/kit/all-org-sync.ts';
export * from './v1/kit/application-sync.ts';
export * from './v1/kit/auth-sync.ts';
export * from './v1/kit/single-org-sync.ts';
export * from './v1/kit/tenant-sync.ts';
export * from './v1/license/expire-license.ts';
export * from './v1/license/get-license.ts';
export * from './v1/license/refresh-license.ts';
export * from './v1/license/release-license.ts';
export * from './v1/saas/expire-instance.ts';
export * from './v1/saas/instance-status.ts';
export * from './v1/saas/new-instance.ts';
export * from './v1/saas/query-instance.ts';
export * from './v1/saas/refresh-instance.ts';
export * from './v1/saas/release-instance.ts';
export * from './v1/saas/upgrade.ts';
export * from './v1/saas-extend-params.ts';
