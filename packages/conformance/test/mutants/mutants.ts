import { activityMutants, answerMutants } from './answer.ts';
import { bodyMutants } from './body.ts';
import { debuggingMutants, idempotencyMutants, licenseMutants, orderMutants } from './license.ts';
import type { Mutant } from './mutant.ts';
import { otherMutants } from './others.ts';
import { replayMutants, restartMutants, rotationMutants } from './replay.ts';
import { saasMutants } from './saas.ts';
import { signatureMutants } from './signature.ts';
import { timeMutants } from './time.ts';
import { v1Mutants } from './v1.ts';

/** Every mutant; each stands for all profiles that have the case it breaks. */
export const mutants: readonly Mutant[] = [
  ...signatureMutants,
  ...timeMutants,
  ...replayMutants,
  ...rotationMutants,
  ...restartMutants,
  ...bodyMutants,
  ...answerMutants,
  ...activityMutants,
  ...licenseMutants,
  ...saasMutants,
  ...otherMutants,
  ...v1Mutants,
  ...idempotencyMutants,
  ...orderMutants,
  ...debuggingMutants,
];
