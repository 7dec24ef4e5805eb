import { type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { type LineSink, standardError } from './standard-error.ts';

/** The server's log: JSON lines on standard error. */
export function createLog(level: Config['logLevel']): { readonly log: Logger; readonly sink: LineSink } {
  const sink = standardError();
  return { sink, log: pino({ level, base: {}, serializers: { err: describe } }, sink) };
}

// An error of Node's carries what it was about, a whole request target for instance, with the token in it.
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, ...(cause === undefined ? {} : { cause: describe(cause) }) };
}
