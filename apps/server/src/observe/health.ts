import type Koa from 'koa';
import { within } from '../production/deadline.ts';
import type { Metrics } from './metrics.ts';

/**
 * GET /healthz: the process lives. GET /readyz: it can write to its ledger, 503 otherwise. GET /metrics: Prometheus' text.
 * `write` does one small transaction, which may take `readinessMs`.
 */
export function health(write: () => Promise<void>, readinessMs: number, metrics: Metrics): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    switch (ctx.path) {
      case '/healthz':
        ctx.body = { status: 'ok' };
        return;
      case '/readyz': {
        const ready = await within(
          readinessMs,
          write().then(() => true),
          () => false,
        ).catch(() => false);
        ctx.status = ready ? 200 : 503;
        ctx.body = ready ? { status: 'ready' } : { status: 'unavailable', reason: 'the ledger cannot be written to' };
        return;
      }
      case '/metrics':
        ctx.type = metrics.registry.contentType;
        ctx.body = await metrics.registry.metrics();
        return;
      default:
        return next();
    }
  };
}
