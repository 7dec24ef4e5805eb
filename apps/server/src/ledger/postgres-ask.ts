import type pg from 'pg';
import type { AskTogether } from './lockstep.ts';
import { type Merged, merged, numbered } from './merged.ts';
import { all, ask, storable } from './postgres-client.ts';
import {
  type Answer,
  looks,
  Overtaken,
  type Queries,
  type Query,
  type Statement,
  type Value,
  type Write,
} from './work.ts';

/** Some of several equal statements did nothing, and which is not known: each has to be asked alone. */
class Undivided extends Error {
  override readonly name = 'Undivided';
}

/**
 * What several pieces of work ask in the same words is asked once for all of them. What only looks is on its way before
 * the transaction is known to have `begun`; what changes something is not.
 */
export const askOn =
  (client: pg.ClientBase, begun: Promise<unknown>): AskTogether =>
  async (writes, questions) => {
    if (writes.some(({ length }) => length > 0) || !questions.every(looks)) await begun;
    // All is on its way before the first answer, and carried out in this order.
    const written = inWaves(writes).map((wave) => write(client, wave));
    const asked = askAll(client, questions);
    await all([begun, ...written, asked]);
    return asked;
  };

/** The first of each, then the second of each, and so on: what one piece of work writes keeps its order. */
function inWaves(each: readonly (readonly Write[])[]): readonly (readonly Write[])[] {
  const longest = Math.max(...each.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => each.flatMap((writes) => writes[at] ?? []));
}

async function write(client: pg.ClientBase, wave: readonly Write[]): Promise<void> {
  const counts = await askAll(
    client,
    wave.map(({ statement, values }) => ({ kind: 'run', statement, values })),
  );
  if (wave.some(({ must }, at) => must && counts[at] === 0)) throw new Overtaken();
}

/** The answers to questions, in their order. */
async function askAll(client: pg.ClientBase, questions: readonly (Query | Queries)[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const alike = new Map<Statement, { readonly at: number[]; readonly queries: Query[] }>();
  const underway: Promise<void>[] = [];
  const take = async (at: readonly number[], asked: Promise<readonly Answer[]>): Promise<void> => {
    for (const [index, answer] of (await asked).entries()) answers[at[index] ?? 0] = answer;
  };
  for (const [at, question] of questions.entries()) {
    if (question.kind === 'each') underway.push(take([at], all([askEach(client, question)])));
    else {
      const group = alike.get(question.statement) ?? { at: [], queries: [] };
      alike.set(question.statement, group);
      group.at.push(at);
      group.queries.push(question);
    }
  }
  for (const { at, queries } of alike.values()) underway.push(take(at, askAlike(client, queries)));
  await all(underway);
  return answers;
}

const askEach = (client: pg.ClientBase, { statement, rows }: Queries): Promise<readonly Answer[]> =>
  all(rows.map((values) => askOne(client, { kind: 'run', statement, values })));

/** A statement as PostgreSQL takes it, under a name by which a connection knows it again. */
interface Known {
  readonly name: string;
  readonly text: string;
  /** Undefined until the types of its parameters were asked, null where there is no merging it. */
  merged?: Merged | null;
}

const knownStatements = new Map<Statement, Known>();

function knownOf(statement: Statement): Known {
  let known = knownStatements.get(statement);
  if (known === undefined) {
    known = { name: `k${knownStatements.size}`, text: numbered(statement.sql, (number) => `$${number}`) };
    knownStatements.set(statement, known);
  }
  return known;
}

async function askOne(client: pg.ClientBase, { kind, statement, values }: Query): Promise<Answer> {
  const { name, text } = knownOf(statement);
  const { rows, rowCount } = await ask(client, { name, text, values: values.map(storable<Value>) });
  return answerOf(kind, rows, rowCount ?? 0);
}

function answerOf(kind: Query['kind'], rows: readonly object[], count: number): Answer {
  switch (kind) {
    case 'first':
      return rows[0];
    case 'all':
      return rows;
    case 'run':
      return count;
  }
}

/** Asks one statement for several rows of values. */
async function askAlike(client: pg.ClientBase, queries: readonly Query[]): Promise<readonly Answer[]> {
  const [first] = queries;
  const known = first && knownOf(first.statement);
  if (known?.merged == null || queries.length === 1) {
    const answers = await all(queries.map((query) => askOne(client, query)));
    if (first !== undefined && known?.merged === undefined) await learn(client, first.statement);
    return answers;
  }
  const { text, tells } = known.merged;
  const values = first?.values.map((_, at) => queries.map((query) => storable(query.values[at] ?? null))) ?? [];
  const { rows, rowCount } = await ask(client, { name: `${known.name}m`, text, values });
  if (tells) {
    const found: object[][] = queries.map(() => []);
    for (const { given_row, ...row } of rows) found[given_row - 1]?.push(row);
    return found.map((rows, at) => answerOf(queries[at]?.kind ?? 'all', rows, rows.length));
  }
  if (rowCount !== queries.length) throw new Undivided();
  return queries.map(() => 1);
}

/** Asks for the types of a statement's parameters, which a connection knows once it has prepared it. */
async function learn(client: pg.ClientBase, statement: Statement): Promise<void> {
  const known = knownOf(statement);
  const text = 'SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = $1';
  const { rows } = await ask(client, { text, values: [known.name] });
  known.merged = merged(statement.sql, rows[0]?.types ?? []) ?? null;
}
