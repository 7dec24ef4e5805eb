import { type AccessKeyPair, licenseOpenApi, openApiBasePath, orderQueryApi } from '@koobridge/contracts';
import { serve } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { Marketplace } from '../marketplace.ts';
import { openApiError } from './answer.ts';
import { gatewayError, guard } from './gateway.ts';
import { licenseHandlers } from './license.ts';
import { orderQueryHandlers } from './order-query.ts';
import { refusedLicenseCall, refusedOrderQuery } from './refuse.ts';

export interface OpenApiParts {
  /** The pair whose signatures are accepted. */
  readonly accessKey: AccessKeyPair | undefined;
}

const limits = { bytes: 1024 * 1024, drainBytes: 1024 * 1024, deadlineMs: 10_000 };

/** The store's open APIs behind their gateway, at their documented paths. */
export function mountOpenApi(
  app: Koa,
  { parts }: Marketplace,
  { accessKey }: OpenApiParts,
  report: (error: unknown) => void,
): void {
  const admit = guard(accessKey, parts.realNow);
  const licenses = serve(licenseOpenApi, licenseHandlers(parts), {
    limits,
    admit,
    refuse: (refusal) => refusedLicenseCall(refusal, report),
  });
  const orders = serve(orderQueryApi, orderQueryHandlers(parts), {
    limits,
    admit,
    refuse: (refusal) => refusedOrderQuery(refusal, report),
  });
  app.use(licenses.routes()).use(orders.routes()).use(unrouted);
}

const paths: ReadonlySet<string> = new Set(
  [...Object.values(licenseOpenApi), ...Object.values(orderQueryApi)].map(({ path }) => path),
);

/** A path that exists, called with another method; or one that does not exist. */
const unrouted: Koa.Middleware = async (ctx, next) => {
  if (!ctx.path.startsWith(`${openApiBasePath}/`)) return next();
  const { status, body } = paths.has(ctx.path)
    ? openApiError('95000002')
    : gatewayError('APIGW.0101', `nothing is at ${ctx.path.slice(0, 200)}`);
  ctx.status = status;
  ctx.body = body;
};
