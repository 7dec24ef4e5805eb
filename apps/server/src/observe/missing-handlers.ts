import { Gauge, type Registry } from 'prom-client';
import { type PlaceholderType, placeholderTypes } from '../config/unheard.ts';

/** Shows, for as long as the server runs, which handlers are missing without which buyers get a placeholder. */
export function createHandlerMetrics(registry: Registry, missing: readonly PlaceholderType[]): void {
  const gauge = new Gauge({
    name: 'koobridge_handler_missing',
    help: '1 where a provisioning handler is missing and buyers get a placeholder instead, by handler',
    labelNames: ['handler'],
    registers: [registry],
  });
  for (const handler of placeholderTypes) gauge.set({ handler }, Number(missing.includes(handler)));
}
