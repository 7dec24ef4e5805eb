import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '@koobridge/scripts/processes';
import { onOneCore } from './cores.ts';
import type { Load, Measured } from './load/load.ts';

const main = join(root, 'bench/src/load/main.ts');

/** Loads a server from a process of its own. Rejects with what it said when an answer is not the expected one. */
export async function loadFromAProcess(load: Load): Promise<Measured> {
  const [program, ...args] = onOneCore([process.execPath, main, JSON.stringify(load)]);
  const { stdout } = await promisify(execFile)(program, args);
  return JSON.parse(stdout) as Measured; // load/main.ts prints exactly this
}
