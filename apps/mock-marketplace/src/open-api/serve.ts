import {
  type AccessKey,
  type AccessKeyPair,
  licenseOpenApi,
  openApiBasePath,
  orderQueryApi,
  usagePushApi,
} from '@koobridge/contracts';
import { serve } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { Marketplace } from '../marketplace.ts';
import { refusedUpload, uploadError, uploadHandlers, uploadRoutes } from '../online-license/open-api.ts';
import { usagePushError } from '../usage/answer.ts';
import { refusedUsagePush, usagePushHandlers, usagePushRoutes } from '../usage/open-api.ts';
import { pushToken } from '../usage/token.ts';
import { openApiError } from './answer.ts';
import { admitting, type Check, exactMethod, gatewayError, ofType, signedWith } from './gateway.ts';
import { licenseHandlers } from './license.ts';
import { orderQueryHandlers } from './order-query.ts';
import { refusedLicenseCall, refusedOrderQuery } from './refuse.ts';

export interface OpenApiParts {
  /** The pair whose signatures are accepted. */
  readonly accessKey: AccessKeyPair | undefined;
  /** The keys of the base interfaces, which sign the usage push. */
  readonly baseKeys: readonly AccessKey[];
}

const limits = { bytes: 1024 * 1024, drainBytes: 1024 * 1024, deadlineMs: 10_000 };

/** The gateway signs bodies of up to 12 MB. */
const uploadLimits = { bytes: 12 * 1024 * 1024, drainBytes: 1024 * 1024, deadlineMs: 60_000 };

/** The store's open APIs behind their gateway, at their documented paths. */
export function mountOpenApi(
  app: Koa,
  { parts }: Marketplace,
  { accessKey, baseKeys }: OpenApiParts,
  report: (error: unknown) => void,
): void {
  const signed = signedWith(accessKey, parts.realNow);
  const licenses = serve(licenseOpenApi, licenseHandlers(parts), {
    limits,
    admit: admitting(
      signed,
      ofType('application/json', () => openApiError('95000003')),
    ),
    refuse: (refusal) => refusedLicenseCall(refusal, report),
  });
  const orders = serve(orderQueryApi, orderQueryHandlers(parts), {
    limits,
    admit: admitting(exactMethod, signed),
    refuse: (refusal) => refusedOrderQuery(refusal, report),
  });
  const token = pushToken(baseKeys, parts.records.usageRecords, parts.realNow);
  const json = ofType('application/json', () => usagePushError('MKT.0199', 'the Content-Type is not application/json'));
  const admitNew = admitting(whereItComes(signed), token, json);
  const admitOld = admitting(signed, json);
  const usage = serve(usagePushRoutes, usagePushHandlers(parts), {
    limits,
    admit: (raw, incoming) =>
      incoming.route.path === usagePushApi.usagePushOld.path ? admitOld(raw, incoming) : admitNew(raw, incoming),
    refuse: (refusal) => refusedUsagePush(refusal, report),
  });
  const uploads = serve(uploadRoutes, uploadHandlers(parts), {
    limits: uploadLimits,
    admit: admitting(
      signed,
      ofType('multipart/form-data', () => uploadError('CBC.0101', 'the Content-Type is not multipart/form-data')),
    ),
    refuse: (refusal) => refusedUpload(refusal, report),
  });
  app.use(licenses.routes()).use(orders.routes()).use(usage.routes()).use(uploads.routes()).use(unrouted);
}

/** Whether the new interface of the usage push needs AK/SK beside its own headers is contradictory: not asked for, but verified. */
const whereItComes =
  (signed: Check): Check =>
  (raw, incoming) =>
    incoming.ctx.get('Authorization') === '' ? undefined : signed(raw, incoming);

const licensePaths: ReadonlySet<string> = new Set(Object.values(licenseOpenApi).map(({ path }) => path));

const otherPaths: readonly RegExp[] = [
  ...Object.values(orderQueryApi),
  ...Object.values(usagePushRoutes),
  ...Object.values(uploadRoutes),
].map(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`));

const prefixes = [`${openApiBasePath}/`, usagePushApi.usagePushOld.path];

/** A path that exists, called with another method; or one that does not exist. The License APIs have a code of their own for the first. */
const unrouted: Koa.Middleware = async (ctx, next) => {
  const { path, method } = ctx;
  if (!prefixes.some((prefix) => path.startsWith(prefix))) return next();
  const { status, body, ...more } = licensePaths.has(path)
    ? openApiError('95000002')
    : otherPaths.some((known) => known.test(path))
      ? gatewayError('The API does not exist.', `not for ${method}`)
      : gatewayError(
          'The API does not exist or has not been published in the environment.',
          `nothing is at ${path.slice(0, 200)}`,
        );
  ctx.status = status;
  if ('headers' in more) ctx.set(more.headers);
  ctx.body = body;
};
