import type { Violation } from './check.ts';
import type { Attempt, History, Outage, PlayedLife } from './history.ts';
import { apply, applyStep, type Subject } from './model.ts';

/** How long after its last answer a process that was killed may be seen to be gone. */
const unseenMs = 2_000;

/** From then on an answer may be `000005`, because something hung or the machine was too busy (R9). */
const lateMs = 4_000;
/** More than that share of the calls is no accident. */
const mostLate = 0.1;

/** Whether a call got the answer that is due when there is no better one in time. */
export const isLate = ({ answer, from, to }: Attempt): boolean =>
  answer?.resultCode === '000005' && to - from >= lateMs;

/** Every call is answered as the rulings say, whenever a server runs to answer it; and what was begun is brought to an end. */
export function answerViolations({ lives, outages }: History): readonly Violation[] {
  const attempts = lives.flatMap((played) => played.attempts);
  const late = attempts.filter(isLate).length;
  const isSlow = late > attempts.length * mostLate;
  const slow: Violation = {
    rule: 'unexpected-answer',
    what: `${late} of ${attempts.length} calls came to 000005 in the end`,
  };
  const wrong = lives.flatMap((played) => {
    const expected = expectedCodes(played);
    const said = (attempt: Attempt): string =>
      `${attempt.what} of step ${attempt.step}.${attempt.operation} of ${played.life.name}, nonce ${attempt.nonce}`;
    const found: Violation[] = [];
    if (!played.finished) found.push({ rule: 'unfinished', what: `${played.life.name} was not answered to its end` });
    for (const attempt of played.attempts) {
      const { answer } = attempt;
      const wanted = wantedFor(attempt, expected, played.attempts);
      if (answer === undefined) {
        if (attempt.how !== 'half' && attempt.how !== 'cut' && !isDuring(attempt, outages, unseenMs))
          found.push({ rule: 'unexpected-answer', what: `${said(attempt)}: no answer, although the server ran` });
      } else if (isLate(attempt)) {
        // Counted.
      } else if ((answer.status >= 500 || answer.resultCode === '000005') && isDuring(attempt, outages, 0)) {
        // Its process was on its way up or down.
      } else if (answer.status !== 200 || (wanted !== undefined && answer.resultCode !== wanted)) {
        const got = `HTTP ${answer.status} ${answer.resultCode}`;
        found.push({ rule: 'unexpected-answer', what: `${said(attempt)}: ${got}, not ${wanted ?? 'HTTP 200'}` });
      }
      if (answer?.instanceId !== undefined && answer.instanceId !== played.subject) {
        const ids = `instance ${answer.instanceId} and ${played.subject}`;
        found.push({ rule: 'unexpected-answer', what: `${said(attempt)}: one order line is ${ids} (R15)` });
      }
    }
    return found;
  });
  return isSlow ? [slow, ...wrong] : wrong;
}

/** The code of each operation, by step and place in it. In a step it does not depend on the order of arrival. */
function expectedCodes({ life }: PlayedLife): readonly (readonly string[])[] {
  let subject: Subject | undefined;
  return life.steps.map((step) => {
    const codes = step.map((operation) => apply(subject, operation, life.of).resultCode);
    subject = applyStep(subject, step, life.of);
    return codes;
  });
}

function wantedFor(
  attempt: Attempt,
  expected: readonly (readonly string[])[],
  all: readonly Attempt[],
): string | undefined {
  switch (attempt.what) {
    case 'call':
    case 'repeat':
      return expected[attempt.step]?.[attempt.operation];
    case 'forged':
      return '000001';
    case 'conflict':
      return '000002';
    case 'stale':
      return '000000';
    case 'replay': {
      // If the first never arrived, this is the first.
      const isUsed = all.some(
        ({ what, nonce, answer, to }) =>
          what !== 'replay' && nonce === attempt.nonce && answer !== undefined && to <= attempt.from,
      );
      return isUsed ? '000001' : undefined;
    }
  }
}

const isDuring = ({ replica, from, to }: Attempt, outages: readonly Outage[], slackMs: number): boolean =>
  outages.some((outage) => outage.replica === replica && from <= outage.to && to >= outage.from - slackMs);
