import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { compiled } from './compiled.ts';

/** The server as a process of its own, with everything it printed. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Standard output and standard error together, so far. */
  output(): string;
  /** Resolves with how the process ended. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Where standard error goes: kept with the output, into a pipe that nobody reads, or to a file descriptor. */
export type StandardError = 'kept' | 'unread' | number;

/** Runs the command with no setting in its environment but what is given; it is killed with its test. Without a directory it has this one. */
export function runServer(
  environment: Readonly<Record<string, string>>,
  standardError: StandardError = 'kept',
  directory = process.cwd(),
  given: readonly string[] = [],
): Omit<ServerProcess, 'url'> {
  const stderr = typeof standardError === 'number' ? standardError : 'pipe';
  const child = spawn(process.execPath, [main, ...given], {
    cwd: directory,
    env: { ...compiled, ...environment },
    stdio: ['ignore', 'pipe', stderr],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of standardError === 'kept' ? [child.stdout, child.stderr] : [child.stdout]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  // Not "exit": what was printed last may come after it.
  const ended = once(child, standardError === 'unread' ? 'exit' : 'close').then(
    ([code, signal]): Ended => ({ code, signal, output }),
  );
  return { child, ended, output: () => output };
}

/** Runs the command and waits until it listens; rejects with what it printed when it ends instead. */
export async function startServerProcess(
  environment: Readonly<Record<string, string>>,
  standardError?: StandardError,
  directory?: string,
): Promise<ServerProcess> {
  const running = runServer(environment, standardError, directory);
  const url = await new Promise<string>((resolve, reject) => {
    running.child.stdout?.on('data', () => {
      const announced = /listening on (http:\S+)/.exec(running.output())?.[1];
      if (announced !== undefined) resolve(announced);
    });
    void running.ended.then(({ code, signal, output }) => reject(new Error(`ended with ${code ?? signal}: ${output}`)));
  });
  return { url, ...running };
}
