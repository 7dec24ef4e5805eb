import { mustTouch } from './ledger.ts';
import { type Answer, type Asked, looks, onlyLooks, type Queries, type Query, type Work, type Write } from './work.ts';

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
  /** Whether all pieces have come to their ends. */
  isDone: boolean,
) => Promise<readonly Answer[]>;

/**
 * Runs pieces of work that touch nothing in common to their ends, side by side, step by step: a step costs one way there
 * and back for all of them. Rejects when one fails.
 */
export async function inLockstep<T>(pieces: readonly Piece<T>[], ask: AskTogether): Promise<readonly T[]> {
  const values: T[] = [];
  let going: readonly Going<T>[] = pieces.map((piece, index) => ({ piece, index }));
  let answers: Iterator<Answer> = [].values();
  while (going.length > 0) {
    const writes: Write[][] = [];
    const questions: (Query | Queries)[] = [];
    const asking: Going<T>[] = [];
    for (const { piece, index, question } of going) {
      const step = advance(piece, question && answerTo(question, answers));
      writes.push(step.writes);
      if (step.value !== undefined) values[index] = step.value.of;
      if (step.question === undefined) continue;
      takeApart(step.question, questions);
      asking.push({ piece, index, question: step.question });
    }
    answers = (await ask(writes, questions, asking.length === 0)).values();
    going = asking;
  }
  return values;
}

/** Runs one piece of work that only looks; rejects when it is about to do more. */
export async function look<T>(work: Work<T>, ask: AskTogether): Promise<T> {
  const [value] = await inLockstep([{ work, touches: [], after: [] }], async (writes, questions, isDone) => {
    if (writes.flat().length > 0 || !questions.every(looks)) throw new Error(onlyLooks);
    return ask(writes, questions, isDone);
  });
  return value as T; // of one piece there is one value
}

interface Going<T> {
  readonly piece: Piece<T>;
  readonly index: number;
  /** That it waits for the answer to. */
  readonly question?: Asked;
}

function takeApart(question: Asked, into: (Query | Queries)[]): void {
  if (question.kind === 'several') for (const each of question.questions) takeApart(each, into);
  else into.push(question);
}

/** Takes what was taken apart together again. */
const answerTo = (question: Asked, answers: Iterator<Answer>): Answer =>
  question.kind === 'several'
    ? question.questions.map((each) => answerTo(each, answers))
    : (answers.next().value as Answer);

/** What work does up to its next question, or up to its end. */
interface Step<T> {
  readonly writes: Write[];
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
