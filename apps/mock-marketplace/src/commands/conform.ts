import { conform } from '@koobridge/conformance';
import { keysOfStart } from './calling/keys.ts';
import type { Terminal } from './terminal.ts';

/** `mock-marketplace conform`: the suite of @koobridge/conformance; keys of `start` where the environment names none. */
export function runConform(args: readonly string[], { variables, stdout, stderr }: Terminal): Promise<number> {
  const KOOBRIDGE_KEYS = variables['KOOBRIDGE_KEYS'] || keysOfStart();
  return conform(args, { env: { ...variables, KOOBRIDGE_KEYS }, stdout, stderr, program: 'mock-marketplace conform' });
}
