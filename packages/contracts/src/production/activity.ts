import type * as z from 'zod';
import type { KeyClass } from '../token/key-ring.ts';

/** How a call proves that it comes from the store. */
export type TokenScheme = 'security-token';

/**
 * One activity of the production interface: everything that is fixed about it, in one place. The route, the typing of
 * its handler and the tables of the documentation are derived from it.
 */
export interface Activity<
  Name extends string = string,
  Request extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: Name;
  readonly request: Request;
  readonly answer: Answer;
  readonly keyClass: KeyClass;
  readonly tokenScheme: TokenScheme;
  /** The help page that defines it. */
  readonly source: string;
}
