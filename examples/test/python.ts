import { execFile, spawnSync } from 'node:child_process';
import { root } from '@koobridge/scripts/processes';

/** Python 3 where the machine has it. The examples need nothing else. */
const found = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
);

export const hasPython = found !== undefined;
export const python = found ?? 'python3';

/** No bytecode beside the sources. */
export const pythonEnv = { PYTHONDONTWRITEBYTECODE: '1' };

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a Python program of this folder to its end, from the repository's root; killed after a minute. */
export function runPython(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...pythonEnv, ...env }, timeout: 60_000 };
    const child = execFile(python, [...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, output: `${stdout}${stderr}` });
    });
  });
}
