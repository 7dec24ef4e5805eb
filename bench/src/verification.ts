import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '@koobridge/scripts/processes';
import { onOneCore } from './cores.ts';
import { figureOf, ratios } from './figures.ts';
import type { Figure } from './results.ts';

/** Microseconds per call, round for round. */
export interface Verification {
  readonly token: readonly number[];
  readonly stripe: readonly number[];
}

/** Compares, in a process of its own, verifying a token with stripe-node's `constructEvent`. */
export function measureVerification(quick: boolean): { readonly figure: Figure; readonly raw: Verification } {
  const [program, ...args] = onOneCore([process.execPath, join(root, 'bench/src/verify-process.ts')]);
  if (quick) args.push('quick');
  const raw = JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as Verification; // it prints exactly this
  const [token, stripe] = [figureOf(raw.token).value, figureOf(raw.stripe).value];
  console.log(`verifying the token of a 230-byte body ${token.toFixed(2)} µs, constructEvent ${stripe.toFixed(2)} µs`);
  return { figure: ratios(raw.token, raw.stripe), raw };
}
