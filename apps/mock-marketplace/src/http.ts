import { serve } from '@koobridge/ts-rest-koa';
import Koa, { HttpError } from 'koa';
import { controlContract } from './control/contract.ts';
import { refusedControlCall } from './control/failure.ts';
import { refuseForeignPages } from './control/guard.ts';
import { controlHandlers } from './control/handlers.ts';
import { mountKitLogin } from './kit/login/serve.ts';
import type { Marketplace } from './marketplace.ts';
import { mountOpenApi, type OpenApiParts } from './open-api/serve.ts';
import { serveControlDocument } from './reference/serve.ts';

const controlLimits = { bytes: 64 * 1024, drainBytes: 1024 * 1024, deadlineMs: 10_000 };

export interface ApplicationParts extends OpenApiParts {
  /** HOST of the settings, and the address it became. */
  readonly listening: () => { readonly host: string; readonly address: string };
}

/** Both faces of the marketplace: the control API and the store's open APIs. `report` gets unexpected failures. */
export function application(market: Marketplace, parts: ApplicationParts, report: (error: unknown) => void): Koa {
  const app = new Koa();
  app.on('error', report);
  app.use(async (ctx, next) => {
    try {
      await next();
      // A connection kept alive would hold up the end of the server.
      if (market.parts.stopping.aborted) ctx.set('Connection', 'close');
    } catch (error) {
      const status = error instanceof HttpError ? error.status : isUnreadableAddress(error) ? 400 : 500;
      if (status === 500) report(error);
      ctx.status = status;
      ctx.body = {
        error: status === 500 ? 'The marketplace failed: its terminal says how.' : 'The address cannot be read.',
      };
    }
  });
  app.use(refuseForeignPages(parts.listening));
  app.use(serveControlDocument());
  app.use(
    serve(controlContract, controlHandlers(market, report), {
      limits: controlLimits,
      refuse: (refusal) => refusedControlCall(refusal, report),
    }).routes(),
  );
  mountOpenApi(app, market, parts, report);
  mountKitLogin(app, market, report);
  app.use((ctx) => {
    ctx.status = 404;
    ctx.body = {
      error: `There is nothing at ${ctx.method} ${ctx.path}: GET /control/openapi.json lists the control calls.`,
    };
  });
  return app;
}

/** A request line that is no address, as Node's parser has it. */
const isUnreadableAddress = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_URL';
