import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether processes are kept to a core each, the server to the first and the load to the second. */
export const pinned = availableParallelism() >= 2 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** The command on a core of its own, where the machine can do that. */
export const onCore = (core: 0 | 1, command: readonly [string, ...string[]]): readonly [string, ...string[]] =>
  pinned ? ['taskset', '-c', String(core), ...command] : command;
