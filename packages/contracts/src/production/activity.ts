import type * as z from 'zod';
import type { KeyClass } from '../token/key-ring.ts';

/** How a call proves that it comes from the store: the 2.0 query parameters, the Kit headers, or the token of V1. */
export type TokenScheme = 'security-token' | 'kit-signature' | 'auth-token';

/** The kind of product whose guide defines an activity. */
export type Product = 'License code' | 'SaaS' | 'online License' | 'order notice' | 'Kit' | 'License';

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
  readonly product: Product;
  readonly request: Request;
  readonly answer: Answer;
  readonly keyClass: KeyClass;
  readonly tokenScheme: TokenScheme;
  /** The help page that defines it. */
  readonly source: string;
}

/** Activities by name. */
export type ActivityTable = Readonly<Record<string, Activity>>;

/** The requests of a table's activities, as read and checked. */
export type RequestOf<Table extends ActivityTable, Name extends keyof Table> = {
  [N in Name]: z.output<Table[N]['request']>;
}[Name];

/** The answers of a table's activities. */
export type AnswerOf<Table extends ActivityTable, Name extends keyof Table> = {
  [N in Name]: z.output<Table[N]['answer']>;
}[Name];
