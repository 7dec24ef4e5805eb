import { mustTouch } from './ledger.ts';
import type { Answer, Asked, Queries, Query, Work, Write } from './work.ts';

/** Work on its way through a database. */
export interface Piece<T> {
  readonly work: Work<T>;
  readonly touches: readonly string[];
  /** Takes what is to be done after the commit. */
  readonly after: (() => void)[];
}

/**
 * Asks a database what pieces of work that touch nothing in common want at the same time: first what each writes, then
 * what each wants to know, of which the answers are given in that order.
 */
export type AskTogether = (
  writes: readonly (readonly Write[])[],
  questions: readonly (Query | Queries)[],
) => Promise<readonly Answer[]>;

/**
 * Runs pieces of work that touch nothing in common to their ends, side by side, step by step: a step costs one way there
 * and back for all of them. Rejects when one fails.
 */
export async function inLockstep<T>(pieces: readonly Piece<T>[], ask: AskTogether): Promise<readonly T[]> {
  const values: T[] = [];
  let going = pieces.map((piece, index) => ({ piece, index, answer: undefined as Answer }));
  while (going.length > 0) {
    const steps = going.map(({ piece, index, answer }) => ({ piece, index, ...advance(piece, answer) }));
    for (const { index, value } of steps) if (value !== undefined) values[index] = value.of;
    const asking = steps.flatMap(({ piece, index, question }) => (question ? [{ piece, index, question }] : []));
    const answers = await ask(
      steps.map(({ writes }) => writes),
      asking.flatMap(({ question }) => single(question)),
    );
    const next = answers[Symbol.iterator]();
    going = asking.map(({ piece, index, question }) => ({ piece, index, answer: answerTo(question, next) }));
  }
  return values;
}

/** Runs one piece of work that only looks. */
export async function look<T>(work: Work<T>, ask: AskTogether): Promise<T> {
  const [value] = await inLockstep([{ work, touches: [], after: [] }], ask);
  return value as T; // of one piece there is one value
}

const single = (question: Asked): readonly (Query | Queries)[] =>
  question.kind === 'several' ? question.questions.flatMap(single) : [question];

/** Takes what `single` took apart together again. */
const answerTo = (question: Asked, answers: Iterator<Answer>): Answer =>
  question.kind === 'several'
    ? question.questions.map((each) => answerTo(each, answers))
    : (answers.next().value as Answer);

/** What work does up to its next question, or up to its end. */
interface Step<T> {
  readonly writes: readonly Write[];
  readonly question?: Asked;
  readonly value?: { readonly of: T };
}

function advance<T>({ work, touches, after }: Piece<T>, answer: Answer): Step<T> {
  const writes: Write[] = [];
  for (let step = work.next(answer); ; step = work.next(undefined)) {
    if (step.done === true) return { writes, value: { of: step.value } };
    const request = step.value;
    switch (request.kind) {
      case 'touch':
        mustTouch(touches, request.subject);
        break;
      case 'afterwards':
        after.push(request.act);
        break;
      case 'write':
        writes.push(request);
        break;
      default:
        return { writes, question: request };
    }
  }
}
