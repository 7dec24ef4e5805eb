import { initContract } from '@ts-rest/core';
import * as z from 'zod';

const c = initContract();
const filled = z.string().min(1, 'must not be empty');

/** Exchanges the `code` of the callback, which is good for one use. The secret is that of `applicationSync`, decrypted. */
export const AuthorizationCodeRequest = z.object({
  grant_type: z.literal('authorization_code'),
  client_id: filled,
  client_secret: filled,
  code: filled,
  /** The callback address given at registration. */
  redirect_uri: z.string().optional(),
});

export const RefreshTokenRequest = z.object({
  grant_type: z.literal('refresh_token'),
  client_id: filled,
  client_secret: filled,
  refresh_token: filled,
});

/** The form that the token endpoint takes, told apart by `grant_type`. */
export const KitTokenRequest = z.discriminatedUnion('grant_type', [AuthorizationCodeRequest, RefreshTokenRequest]);

export const KitTokenAnswer = z.looseObject({
  access_token: filled,
  /** `Bearer`. */
  token_type: z.string(),
  /** Validity in seconds, 7200 by default. */
  expires_in: z.number(),
  scope: z.string().optional(),
  /** Valid for 30 days. The text says it is there by default, one of the samples lacks it. */
  refresh_token: z.string().optional(),
});

/** How the login APIs fail. */
export const KitLoginError = z.looseObject({ error: z.string(), error_description: z.string().optional() });

/** The failures that are documented; `status` is `undefined` where no page gives one. */
export const kitLoginErrors = [
  { error: 'invalid_grant', description: 'Invalid authorization code', status: 400 },
  { error: 'invalid_grant', description: 'Invalid refresh token', status: 400 },
  { error: 'invalid_client', description: 'Client ID mismatch', status: undefined },
  { error: 'invalid_client', description: 'Bad client credentials', status: undefined },
  { error: 'unauthorized', description: 'Full authentication is required to access this resource', status: 401 },
] as const;

/** The user who logged in. `userName` (with the tenant) is that of `authSync`; the rest differs from page to page. */
export const KitUserInfo = z.looseObject({
  userName: filled,
  name: z.string().nullish(),
  /** `userId` is a second one; no page tells how they are related. */
  id: z.string().nullish(),
  userId: z.string().nullish(),
  email: z.string().nullish(),
  mobile: z.string().nullish(),
  /** `admin` is an administrator of the enterprise. */
  role: z.enum(['user', 'admin']).nullish(),
  organizationName: z.string().nullish(),
  /** `orgCode` of the sync interfaces. */
  organizationCode: z.string().nullish(),
  projectName: z.string().nullish(),
  /** The tenant id. */
  tenant: z.string().nullish(),
  /** On the page of the workbench only. */
  accName: z.string().nullish(),
  loginName: z.string().nullish(),
});

/** What the callback address is called with: `tenant` after the unified login, `state` after `authorize`. */
export const KitLoginCallback = z.object({
  code: filled,
  tenant: z.string().optional(),
  state: z.string().optional(),
});

/** A ticket's validation in JSON. Of the success only the XML is documented, as of the failure only the JSON. */
export const CasValidation = z.looseObject({
  serviceResponse: z.looseObject({
    authenticationSuccess: z.looseObject({}).optional(),
    authenticationFailure: z.looseObject({ code: z.string(), description: z.string().optional() }).optional(),
  }),
});

/**
 * The login APIs of the Kit, on the `domainName` that `tenantSync` gave for the tenant (see `kitOrigin`):
 * `accessg-marketplace/zh-cn_topic_0070649448` (token), `…449` (refresh), `…450` (user), `…145` (logout), `…473` (CAS).
 * The user information needs the header `Authorization: Bearer {access_token}`. `authorize`, `logout` and `casLogout`
 * are opened by the browser.
 */
export const kitLoginApi = c.router({
  authorize: {
    method: 'GET',
    path: '/api/v1/oauth2/authorize',
    summary: 'Sends the browser back to the application with a code',
    query: z.object({
      client_id: filled,
      redirect_uri: filled,
      response_type: z.literal('code'),
      scope: z.string().optional(),
      /** Letters and digits, returned unchanged. */
      state: z
        .string()
        .regex(/^[A-Za-z0-9]*$/, 'must be letters and digits')
        .optional(),
    }),
    responses: { 302: c.noBody() },
  },
  token: {
    method: 'POST',
    path: '/api/v1/oauth2/token',
    summary: 'Gives an access token for a code or a refresh token',
    contentType: 'application/x-www-form-urlencoded',
    body: KitTokenRequest,
    responses: { 200: KitTokenAnswer, 400: KitLoginError, 401: KitLoginError, 403: KitLoginError },
  },
  userInfo: {
    method: 'GET',
    path: '/api/v1/oauth2/userinfo',
    summary: 'Tells who logged in',
    responses: { 200: KitUserInfo, 401: KitLoginError },
  },
  logout: {
    method: 'GET',
    path: '/api/v1/logout',
    summary: 'Ends the session of the platform',
    query: z.object({ redirect_url: z.string().optional() }),
    responses: { 302: c.noBody() },
  },
  casValidate: {
    method: 'GET',
    path: '/api/v1/cas/p3/serviceValidate',
    summary: 'Tells who logged in by a CAS ticket',
    query: z.object({ service: filled, ticket: filled, format: z.enum(['XML', 'JSON']).optional() }),
    responses: { 200: z.union([CasValidation, z.string()]) },
  },
  casLogout: {
    method: 'GET',
    path: '/api/v1/cas/logout',
    summary: 'Ends the session of the platform after a CAS login',
    query: z.object({ service: z.string().optional() }),
    responses: { 302: c.noBody() },
  },
});
