#!/usr/bin/env node
import { conform } from './conform.ts';

/** The command `koobridge-conform`. */
process.exitCode = await conform(process.argv.slice(2), process);
