import { PassThrough } from 'node:stream';
import { run } from '../../src/commands/run.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { sellerKeys } from '../stub-seller.ts';

export const v1Key = { id: 'v1-1', secret: 'accessKey-of-the-v1-class' };
export const allKeys = { ...sellerKeys, v1: [v1Key] };
export const secrets: readonly string[] = Object.values(allKeys).flatMap((ring) => ring.map(({ secret }) => secret));

export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly variables?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly isTTY?: boolean;
  readonly now?: number;
  readonly pause?: Terminal['pause'];
  readonly interrupted?: AbortSignal;
}

/** Runs a command line in this process. Throws when its output holds one of the secrets. */
export async function typed(args: readonly string[], circumstances: Circumstances = {}): Promise<Typed> {
  const { variables = {}, stdin = '', isTTY = false, now, pause, interrupted } = circumstances;
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const input = Object.assign(new PassThrough(), { isTTY });
  input.end(stdin);
  const terminal: Terminal = {
    variables: { KOOBRIDGE_KEYS: JSON.stringify(allKeys), ...variables },
    stdin: input,
    stdout,
    stderr,
    interrupted: () => interrupted ?? new AbortController().signal,
    now: now === undefined ? Date.now : () => now,
    pause: pause ?? (() => new Promise((resolve) => setImmediate(resolve))),
  };
  const code = await run(args, '0.0.0', terminal);
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  const result = { code, out: read(stdout), err: read(stderr) };
  for (const secret of secrets) {
    if ((result.out + result.err).includes(secret)) throw new Error('a secret was printed');
  }
  return result;
}

/** Splits a command line as a shell does, as far as quotes go. */
export const shellWords = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');
