/** Work on the ledger, written once for every database: SQL is yielded, and whoever runs it resumes it with the answer. */

/**
 * Work inside a transaction. It may await nothing but the database, and may be run again from its beginning when it
 * could not be committed, so it changes nothing outside.
 */
export type Work<T> = Generator<Request, T, Answer>;

/** What work asks of whoever runs it. */
export type Request = Asked | Write | Touch | Afterwards;

/** What has an answer. */
export type Asked = Query | Queries | Several;

export interface Query {
  readonly kind: 'first' | 'all' | 'run';
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/** One statement with one row of values after the other. */
export interface Queries {
  readonly kind: 'each';
  readonly statement: Statement;
  readonly rows: readonly (readonly Value[])[];
}

/** Questions of which none depends on another's answer. */
export interface Several {
  readonly kind: 'several';
  readonly questions: readonly Asked[];
}

/** What changes nothing. */
export type Look = (Query & { readonly kind: 'first' | 'all' }) | Several;

/** One statement whose answer is not waited for: it is carried out before whatever the work asks next, and with it. */
export interface Write {
  readonly kind: 'write';
  readonly statement: Statement;
  readonly values: readonly Value[];
  /** The work is Overtaken where no row changes. */
  readonly must: boolean;
}

/** Makes sure that nobody else works on a subject: the work must have been submitted as touching it. */
export interface Touch {
  readonly kind: 'touch';
  readonly subject: string;
}

/** Something to do once the work is on disk, and not if it never gets there. */
export interface Afterwards {
  readonly kind: 'afterwards';
  readonly act: () => void;
}

/**
 * Of `first` the row or undefined, of `all` the rows, of `run` the number of rows that changed, of `each` those numbers,
 * of `several` an answer for each.
 */
export type Answer = unknown;

/** What databases hold. Instants are numbers, milliseconds since the epoch. */
export type Value = string | number | null | Uint8Array;

/** A statement as every database understands it; parameters are `?`, or `?1` where one occurs more than once. */
export interface Statement {
  readonly sql: string;
}

/** A statement that work can ask; `Row` is made of columns that a tables.ts made. */
export interface Question<Row> extends Statement {
  first(...values: readonly Value[]): Work<Row | undefined>;
  all(...values: readonly Value[]): Work<readonly Row[]>;
  /** How many rows it changed. */
  run(...values: readonly Value[]): Work<number>;
  /** Changes rows, however many, without waiting for it. */
  write(...values: readonly Value[]): Work<void>;
  /** The same where a row has to change; if none does, somebody was faster and the work is Overtaken. */
  change(...values: readonly Value[]): Work<void>;
  /** As `run` for many, in their order, without waiting for one answer after the other. */
  each(rows: readonly (readonly Value[])[]): Work<readonly number[]>;
}

export function statement<Row = never>(sql: string): Question<Row> {
  // The answers are as `Answer` says for each kind, with the columns that `Row` names.
  const question: Question<Row> = {
    sql,
    *first(...values) {
      return (yield { kind: 'first', statement: question, values }) as Row | undefined;
    },
    *all(...values) {
      return (yield { kind: 'all', statement: question, values }) as readonly Row[];
    },
    *run(...values) {
      return (yield { kind: 'run', statement: question, values }) as number;
    },
    *write(...values) {
      yield { kind: 'write', statement: question, values, must: false };
    },
    *change(...values) {
      yield { kind: 'write', statement: question, values, must: true };
    },
    *each(rows) {
      return (yield { kind: 'each', statement: question, rows }) as readonly number[];
    },
  };
  return question;
}

/** Runs work that only looks side by side, so that what each asks next is asked at once. */
export function* together<A, B>(first: Work<A>, second: Work<B>): Work<[A, B]> {
  let [a, b] = [first.next(), second.next()];
  while (a.done !== true && b.done !== true) {
    const answers = (yield { kind: 'several', questions: [looking(a.value), looking(b.value)] }) as readonly Answer[];
    [a, b] = [first.next(answers[0]), second.next(answers[1])];
  }
  return [yield* resumed(first, a), yield* resumed(second, b)];
}

/** The rest of work that came as far as `step`. */
export function* resumed<T>(work: Work<T>, step: IteratorResult<Request, T>): Work<T> {
  let at = step;
  while (at.done !== true) at = work.next(yield at.value);
  return at.value;
}

export function* ask(question: Asked): Work<Answer> {
  return yield question;
}

/** Whether a request only looks: what changes rows may give them back too. */
export const looks = (request: Request): request is Look =>
  request.kind === 'several'
    ? request.questions.every(looks)
    : (request.kind === 'first' || request.kind === 'all') && /^(SELECT|WITH) /.test(request.statement.sql);

export const onlyLooks = 'work that was to look only is about to change something';

function looking(request: Request): Asked {
  if (looks(request)) return request;
  throw new Error(onlyLooks);
}

export function* touch(subject: string): Work<void> {
  yield { kind: 'touch', subject };
}

export function* afterwards(act: () => void): Work<void> {
  yield { kind: 'afterwards', act };
}

/** Somebody else changed a row since this work read it; nothing of the work was done, and another try sees the change. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
