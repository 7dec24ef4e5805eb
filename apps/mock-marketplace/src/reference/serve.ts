import type Koa from 'koa';

/** GET /control/openapi.json: the description of the control API, made when it is first asked for and then kept. */
export function serveControlDocument(): Koa.Middleware {
  let document: Promise<string> | undefined;
  return async (ctx, next) => {
    if (ctx.path !== '/control/openapi.json' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    // Its generator is loaded by those alone who ask, so that a marketplace starts without it.
    document ??= import('./control-document.ts').then(({ controlDocument }) => controlDocument());
    ctx.body = await document;
    ctx.type = 'application/json';
  };
}
