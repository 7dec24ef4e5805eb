import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';

/** An error that nobody caught: it came out of a promise that nobody awaits, or out of a callback of the event loop. */
export type StrayKind = 'rejection' | 'exception';

/** Counts and logs such an error. Its message and stack are told like those of any error of the seller's code, cut. */
export type TellStray = (kind: StrayKind, error: unknown) => void;

/** What is told of one error's text. */
const longest = 4_000;

export function tellStrayErrors(log: Logger, registry: Registry): TellStray {
  const counter = new Counter({
    name: 'koobridge_stray_errors_total',
    help: 'Errors that nobody caught, of handlers as a rule, by kind: rejection, or exception, which ends the process',
    labelNames: ['kind'],
    registers: [registry],
  });
  return (kind, error) => {
    counter.labels(kind).inc();
    log.error({ kind, ...shortened(error) }, sentences[kind]);
  };
}

const sentences: Readonly<Record<StrayKind, string>> = {
  rejection: 'a promise that nobody awaits was rejected: an await is missing, in a handler most likely',
  exception: 'an exception that nobody caught came out of a callback: the server stops, because its state is unknown',
};

/** What a handler threw, as it may stand in a log line: bounded, and nothing of an error but its name, message and stack. */
export function shortened(error: unknown): { readonly error: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { error: String(error).slice(0, longest) };
  const told = `${error.name}: ${error.message}`.slice(0, longest);
  return error.stack === undefined ? { error: told } : { error: told, stack: error.stack.slice(0, longest) };
}
