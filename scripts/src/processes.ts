import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server of this repository, running as a process of its own. */
export interface RunningProcess {
  readonly name: string;
  /** `http://host:port` as the process announced it. */
  readonly url: string;
  readonly child: ChildProcess;
  /** Sends SIGTERM and resolves with the exit code; a process that does not end within 6 seconds is killed. */
  stop(): Promise<number | null>;
}

export interface ProcessToStart {
  readonly name: string;
  /** The program and its arguments, from the repository's root. */
  readonly command: readonly [string, ...string[]];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Gets every line of output after the announcement, and all of standard error. */
  readonly onLine?: (line: string) => void;
}

export const root = fileURLToPath(new URL('../../', import.meta.url));

const startLimitMs = 15_000;
const stopLimitMs = 6_000;

/** Starts a server and waits until it says `listening on http://…`. Rejects with what it printed when it ends instead. */
export function startProcess({ name, command, env, onLine }: ProcessToStart): Promise<RunningProcess> {
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  return new Promise((resolve, reject) => {
    const giveUp = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`${name} ${why}\n${printed.join('\n')}`));
    };
    const timer = setTimeout(() => giveUp(`did not start within ${startLimitMs} ms`), startLimitMs);
    let url: string | undefined;
    const take = (line: string): void => {
      const announced = url === undefined ? /\blistening on (http:\S+)/.exec(line)?.[1] : undefined;
      if (announced !== undefined) {
        url = announced;
        clearTimeout(timer);
        resolve({ name, url, child, stop: () => stop(child) });
      } else if (url === undefined) printed.push(line);
      else onLine?.(line);
    };
    createInterface({ input: child.stdout }).on('line', take);
    createInterface({ input: child.stderr }).on('line', take);
    child.once('error', (error) => giveUp(`could not be started: ${error.message}`));
    child.once('close', (code) => {
      clearTimeout(timer);
      if (url === undefined) giveUp(`ended with ${code}`);
    });
  });
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(timer);
  return child.exitCode;
}

export const server = [process.execPath, 'apps/server/src/main.ts'] as const;
export const market = [process.execPath, 'apps/mock-marketplace/src/main.ts', 'serve'] as const;

/** A port that nobody uses at the moment: each server has to be told the other's address before both run. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
