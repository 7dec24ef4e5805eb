import { kitLoginApi } from '@koobridge/contracts';
import { type Answer, type Refusal, serve } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { Marketplace } from '../../marketplace.ts';
import { browserLogin } from './browser.ts';
import { validateTicket } from './cas.ts';
import { loginPageContract } from './contract.ts';
import { tokenHandlers } from './tokens.ts';

const limits = { bytes: 64 * 1024, drainBytes: 1024 * 1024, deadlineMs: 10_000 };

/** The login of the Kit, on the marketplace's own origin, which `tenantSync` gives as the tenant's domain. */
export function mountKitLogin(app: Koa, { parts }: Marketplace, report: (error: unknown) => void): void {
  const { casValidate, ...api } = kitLoginApi;
  const login = browserLogin(parts);
  const options = { limits, refuse: (refusal: Refusal) => refusedLogin(refusal, report) };
  const handlers = {
    authorize: login.authorize,
    ...tokenHandlers(parts),
    logout: ({ query, ctx }: { query: { redirect_url?: string | undefined }; ctx: Koa.Context }) =>
      login.end(ctx, query.redirect_url),
    casLogout: ({ query, ctx }: { query: { service?: string | undefined }; ctx: Koa.Context }) =>
      login.end(ctx, query.service),
  };
  app.use(serve(api, handlers, options).routes());
  app.use(serve(loginPageContract, login.pages, options).routes());
  app.use(async (ctx, next) => {
    if (ctx.path !== casValidate.path || ctx.method !== 'GET') return next();
    const query = casValidate.query.safeParse(ctx.query);
    if (!query.success) {
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: issueIn(query.error.issues) };
      return;
    }
    const { contentType, body } = validateTicket(parts, query.data);
    ctx.set('Cache-Control', 'no-store');
    ctx.type = contentType;
    ctx.body = body;
  });
}

/** In the words of OAuth 2.0, since no page tells how a request is refused that cannot be read. */
function refusedLogin(refusal: Refusal, report: (error: unknown) => void): Answer {
  switch (refusal.kind) {
    case 'schema': {
      const grantType = refusal.issues.some(({ path }) => path?.[0] === 'grant_type');
      return refused(400, grantType ? 'unsupported_grant_type' : 'invalid_request', issueIn(refusal.issues));
    }
    case 'body-too-large':
      return refused(413, 'invalid_request', 'the form is too long');
    case 'body-too-slow':
      return refused(408, 'invalid_request', 'the form did not arrive in time');
    case 'body-compressed':
    case 'body-unreadable':
      return refused(400, 'invalid_request', 'the form cannot be read');
    case 'not-admitted':
      return refusal.reason;
    case 'failed':
      report(refusal.error);
      return refused(500, 'server_error', 'the marketplace failed: its terminal says how');
  }
}

const refused = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

type Issues = Extract<Refusal, { kind: 'schema' }>['issues'];

/** Where the first fault is and what it is; no value is repeated. */
function issueIn([issue]: Issues): string {
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return `${path} ${issue?.message ?? ''}`.trim().slice(0, 200);
}
