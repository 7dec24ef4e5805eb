import type { Violation } from './check.ts';
import type { History, PlayedLife, StoredSubject } from './history.ts';
import { applyStep, lineOf, type Subject } from './model.ts';

/** Every license and instance ends as the model says, with exactly the order lines that took effect. */
export function stateViolations({ lives, ledger }: History): readonly Violation[] {
  return lives
    .filter(({ finished }) => finished)
    .flatMap((played) => {
      const expected = finalState(played);
      const stored = played.subject === undefined ? undefined : ledger.subjects[played.subject];
      const name = played.subject ?? played.life.name;
      if (expected === undefined || stored === undefined) {
        const what = `${name} is ${stored === undefined ? 'not there' : 'there, and should not be'}`;
        return expected === stored ? [] : [{ rule: 'wrong-state', what } as const];
      }
      return [...ofState(name, expected, stored), ...ofLines(name, expected, stored)];
    });
}

export const finalState = ({ life }: PlayedLife): Subject | undefined =>
  life.steps.reduce<Subject | undefined>((subject, step) => applyStep(subject, step, life.of), undefined);

function ofState(name: string, expected: Subject, { status, expiresAt }: StoredSubject): readonly Violation[] {
  const wanted = `${expected.status} until ${iso(expected.expiresAt)}`;
  const is = `${status} until ${expiresAt}`;
  return is === wanted ? [] : [{ rule: 'wrong-state', what: `${name} is ${is}, not ${wanted}` }];
}

function ofLines(name: string, { lines }: Subject, { orderLines }: StoredSubject): readonly Violation[] {
  const stored = new Map(orderLines.map((line) => [lineOf(line), line.expiresAt]));
  const found: Violation[] = [];
  for (const [line, expiresAt] of lines) {
    const kept = stored.get(line);
    if (kept === undefined) found.push({ rule: 'line-lost', what: `${name}: the order line ${line} is not there` });
    else if (kept !== iso(expiresAt))
      found.push({ rule: 'line-lost', what: `${name}: the order line ${line} is there with ${kept}` });
  }
  for (const line of stored.keys()) {
    if (!lines.has(line)) found.push({ rule: 'uncalled-for', what: `${name}: the order line ${line} took effect` });
  }
  if (stored.size < orderLines.length)
    found.push({ rule: 'uncalled-for', what: `${name}: an order line is there twice` });
  return found;
}

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());
