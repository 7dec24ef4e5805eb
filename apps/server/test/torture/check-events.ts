import type { Violation } from './check.ts';
import type { Announcement, History, PlayedLife } from './history.ts';
import type { Operation } from './lives.ts';
import { apply, type ExpectedEvent, type Subject } from './model.ts';

/** An event in the place where its subject's receiver first saw it; without a body while it still waits to leave. */
type Told = Omit<Announcement, 'body'> & { readonly body?: string };

/**
 * Every change is announced, under one id and with one content; and the events of a subject, in the order in which they
 * first arrived, are those of its life carried out in an order that the plan allows.
 */
export function eventViolations({ lives, announcements, ledger }: History): readonly Violation[] {
  const found: Violation[] = ledger.dead.map(({ id, subject }) => ({
    rule: 'event-dead',
    what: `event ${id} of ${subject} was given up`,
  }));
  const first = new Map<string, Told>();
  for (const told of announcements) {
    const before = first.get(told.id);
    if (before === undefined) first.set(told.id, told);
    else if (before.body !== told.body)
      found.push({ rule: 'event-changed', what: `event ${told.id} came with another content` });
  }
  for (const waiting of ledger.waiting) if (!first.has(waiting.id)) first.set(waiting.id, waiting);

  const bySubject = Map.groupBy(first.values(), ({ subject }) => subject);
  for (const played of lives) {
    if (!played.finished || played.subject === undefined) continue;
    found.push(...ofLife(played, bySubject.get(played.subject) ?? []));
  }
  return found;
}

function ofLife({ life, subject: name = '' }: PlayedLife, told: readonly Told[]): readonly Violation[] {
  let subject: Subject | undefined;
  let at = 0;
  for (const step of life.steps) {
    const left = [...step];
    while (left.length > 0) {
      const next = told[at];
      const chosen = left.findIndex((operation) => explains(apply(subject, operation, life.of).events, next));
      const [operation] = left.splice(Math.max(0, chosen), 1) as [Operation]; // left is not empty
      const { events, subject: after } = apply(subject, operation, life.of);
      for (const event of events) {
        const wrong = difference(event, told[at], name);
        if (wrong !== undefined) return [amiss(name, event, wrong, told, at)];
        at += 1;
      }
      subject = after;
    }
  }
  return told
    .slice(at)
    .map(({ id, type }) => ({ rule: 'event-twice', what: `${name}: ${type} ${id} tells of nothing new` }));
}

/** Whether the next event is the first of these, or these are none. */
function explains([event]: readonly ExpectedEvent[], next: Told | undefined): boolean {
  if (event === undefined) return true;
  if (next?.type !== event.type) return false;
  const { orderId = null } = dataOf(next) ?? {};
  return next.body === undefined || !('orderId' in event.data) || event.data['orderId'] === orderId;
}

function difference(event: ExpectedEvent, next: Told | undefined, name: string): string | undefined {
  if (next === undefined) return 'nothing';
  if (next.type !== event.type) return next.type;
  const data = dataOf(next);
  if (data === undefined) return undefined;
  const member = Object.entries(event.data).find(([key, value]) => data[key] !== value)?.[0];
  if (member !== undefined) return `${next.type} with ${member} ${data[member]}`;
  return (data['code'] ?? data['instanceId']) === name ? undefined : `${next.type} of another subject`;
}

function dataOf({ body }: Told): Readonly<Record<string, unknown>> | undefined {
  return body === undefined ? undefined : JSON.parse(body).data;
}

function amiss(name: string, event: ExpectedEvent, came: string, told: readonly Told[], at: number): Violation {
  const isMissing = !told.slice(at).some((later) => difference(event, later, name) === undefined);
  const isRepeat = told.slice(0, at).some((earlier) => same(earlier, told[at]));
  const rule = isRepeat ? 'event-twice' : isMissing ? 'event-missing' : 'event-out-of-order';
  return { rule, what: `${name}: ${came} came where ${event.type} ${JSON.stringify(event.data)} was due` };
}

/** Whether two events tell of one order line, or of one change. */
function same(a: Told, b: Told | undefined): boolean {
  if (a.type !== b?.type || a.body === undefined || b.body === undefined) return false;
  const [one, other] = [dataOf(a), dataOf(b)];
  return one?.['orderId'] !== undefined && one['orderId'] !== null && one['orderId'] === other?.['orderId'];
}
