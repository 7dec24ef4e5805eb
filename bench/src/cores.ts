import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether the load is kept to one core, so that the other is free for the server whatever the load does. */
export const pinned = availableParallelism() >= 2 && spawnSync('taskset', ['-c', '1', 'true']).status === 0;

/** The command on one core, where the machine can do that. */
export const onOneCore = (command: readonly [string, ...string[]]): readonly [string, ...string[]] =>
  pinned ? ['taskset', '-c', '1', ...command] : command;
