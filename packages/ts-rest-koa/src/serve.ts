/** Registers a handler for every route of a contract. */

import Router from '@koa/router';
import { type AppRoute, type AppRouter, isAppRoute } from '@ts-rest/core';
import { parameterCount, routerPath } from './path.ts';
import { type AnyHandler, pipeline } from './pipeline.ts';
import type { Handlers, Options } from './types.ts';

/**
 * Serves a contract: `app.use(serve(contract, handlers, options).routes())`.
 *
 * Each request goes through the body's limits, `admit` with the exact bytes, the contract's schemas for path, query,
 * headers and body, and then its handler; whatever stops it on the way is answered by `refuse`. A client that goes away
 * while it sends gets no answer and reaches no handler.
 *
 * Paths match exactly as the contract writes them: upper and lower case differ, and so does a trailing slash. Where two
 * routes match, the one with fewer parameters is taken. A GET route also answers HEAD.
 *
 * @throws TypeError if a route has no handler or a multipart body, RangeError if a limit is no number of at least 0.
 */
export function serve<C extends AppRouter, Admitted = undefined, Reason = never>(
  contract: C,
  handlers: Handlers<C, Admitted>,
  options: Options<Admitted, Reason> = {},
): Router {
  const router = new Router({ sensitive: true, strict: true });
  const routes = [...routesOf(contract, handlers, '')];
  routes.sort(([a], [b]) => parameterCount(a.path) - parameterCount(b.path));
  for (const [route, handler] of routes) {
    router.register(routerPath(route.path), [route.method], pipeline(route, handler, options));
  }
  return router;
}

function* routesOf(contract: AppRouter, handlers: unknown, prefix: string): Generator<[AppRoute, AnyHandler]> {
  for (const [name, entry] of Object.entries(contract)) {
    // Handlers mirrors the contract, so what sits at a name is the handler of that route or the handlers of that router.
    const handler = (handlers as Record<string, unknown> | undefined)?.[name];
    if (!isAppRoute(entry)) yield* routesOf(entry, handler, `${prefix}${name}.`);
    else if (typeof handler === 'function') yield [entry, handler as AnyHandler];
    else throw new TypeError(`no handler for ${prefix}${name}`);
  }
}
