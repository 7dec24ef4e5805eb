import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/**
 * Runs `work` now and again `pauseMs` after each end, until `stopping`; resolves when the last run has ended. What it
 * throws is logged and does not end it.
 */
export async function repeatEvery(
  pauseMs: number,
  stopping: AbortSignal,
  log: Logger,
  work: () => Promise<void>,
): Promise<void> {
  while (!stopping.aborted) {
    await work().catch((error: unknown) => log.error({ err: error }, 'a background task failed; it will run again'));
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined); // rejects only when stopping
  }
}
