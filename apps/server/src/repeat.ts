import type { Logger } from 'pino';

export interface Repeating {
  stop(): void;
  /** Resolves when the run that was under way has ended. */
  finished(): Promise<void>;
}

/** Runs `work` now and again `pauseMs` after each end. What it throws is logged and does not end it. */
export function repeatEvery(pauseMs: number, log: Logger, work: () => Promise<void>): Repeating {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  const run = (): void => {
    current = work()
      .catch((error: unknown) => log.error({ err: error }, 'a background task failed; it will run again'))
      .then(() => {
        if (!stopped) timer = setTimeout(run, pauseMs);
      });
  };
  run();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    finished: () => current,
  };
}
