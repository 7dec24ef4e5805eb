import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { controlClient } from './running-market.ts';
import { licenseKey } from './stub-seller.ts';

const { NODE_COMPILE_CACHE, PATH } = process.env;
/** Where Node.js keeps what it compiled, if the run has such a place. */
const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface MarketProcess {
  readonly url: string;
  readonly control: ReturnType<typeof controlClient>;
  /** What it has written to its standard output so far, by lines. */
  readonly lines: readonly string[];
  /** Sends a signal and waits for the end; the exit code, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export const spawnMain = (args: readonly string[], variables: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [main, ...args], { env: { PATH, ...compiled, ...variables }, stdio: 'pipe' });

/** `mock-marketplace serve` as a process of its own, on a free port. */
export async function startProcess(variables: Readonly<Record<string, string>>): Promise<MarketProcess> {
  const child = spawnMain(['serve'], {
    PORT: '0',
    KOOBRIDGE_KEYS: JSON.stringify({ license: [licenseKey] }),
    ...variables,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  if (child.stdout === null) throw new Error('no standard output');
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(line));
  await Promise.race([once(reader, 'line'), once(child, 'exit')]);
  const url = /^mock-marketplace listening on (http:\S+)$/.exec(lines[0] ?? '')?.[1];
  if (url === undefined) throw new Error(`did not start: ${errors}`);
  return {
    url,
    control: controlClient(url),
    lines,
    end: async (signal) => {
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code]: (number | null)[] = await exit;
      return code ?? null;
    },
  };
}
