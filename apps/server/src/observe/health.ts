import type Koa from 'koa';
import { Gauge } from 'prom-client';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

/**
 * GET /healthz: the process lives. GET /readyz: it can write to its ledger and does not stop, 503 otherwise. GET
 * /metrics: Prometheus' text.
 */
export function health(readiness: () => Promise<Readiness>, { registry }: Metrics): Koa.Middleware {
  new Gauge({
    name: 'koobridge_ready',
    help: '1 while GET /readyz answers 200',
    registers: [registry],
    async collect() {
      this.set(Number((await readiness()).ready));
    },
  });
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    switch (ctx.path) {
      case '/healthz':
        ctx.body = { status: 'ok' };
        return;
      case '/readyz': {
        const found = await readiness();
        ctx.status = found.ready ? 200 : 503;
        ctx.body = found.ready ? { status: 'ready' } : { status: 'unavailable', reason: found.reason };
        return;
      }
      case '/metrics':
        ctx.type = registry.contentType;
        ctx.body = await registry.metrics();
        return;
      default:
        return next();
    }
  };
}
