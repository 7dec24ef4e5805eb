import type { Life } from '../life/life.ts';

/** A License code as the seller's side knows it. */
export interface License extends Life {
  readonly code: string;
}
