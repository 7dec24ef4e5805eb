#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { run } from './commands/run.ts';

// Commands are short, and most of their time would go into compiling the same modules again.
enableCompileCache();

// Whoever reads the output may have read enough of it, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), manifest.version, {
  variables: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  interrupted: () => {
    const interruption = new AbortController();
    process.once('SIGTERM', () => interruption.abort());
    process.once('SIGINT', () => interruption.abort());
    return interruption.signal;
  },
  now: Date.now,
  pause: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
});
