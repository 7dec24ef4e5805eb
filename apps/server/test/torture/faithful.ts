import type { Announcement, Attempt, History, PlayedLife, StoredSubject } from './history.ts';
import type { Life } from './lives.ts';
import { apply, type Subject } from './model.ts';
import type { Random } from './random.ts';

/** The history of a server that does everything right, with the calls of each step in an order that `random` chooses. */
export function faithfulHistory(lives: readonly Life[], random: Random): History {
  const played: PlayedLife[] = [];
  const announcements: Announcement[] = [];
  const receipts: { nonce: string; resultCode: string }[] = [];
  const subjects: Record<string, StoredSubject> = {};
  for (const life of lives) {
    const name = life.of === 'license' ? life.name : `id-of-${life.name}`;
    const attempts: Attempt[] = [];
    let subject: Subject | undefined;
    for (const [step, operations] of life.steps.entries()) {
      for (const { operation, at } of shuffled(operations, random)) {
        const outcome = apply(subject, operation, life.of);
        subject = outcome.subject;
        const nonce = `${life.name} ${step}.${at}`;
        const { resultCode } = outcome;
        const answer = { status: 200, resultCode, ...(operation.kind === 'buy' && { instanceId: name }) };
        const times = { from: attempts.length, to: attempts.length };
        attempts.push({ step, operation: at, what: 'call', how: 'whole', replica: 0, nonce, ...times, answer });
        receipts.push({ nonce, resultCode });
        for (const { type, data } of outcome.events) {
          const id = `evt_${announcements.length}`;
          const body = JSON.stringify({ data: { [life.of === 'license' ? 'code' : 'instanceId']: name, ...data } });
          announcements.push({ id, type, subject: name, body });
        }
      }
    }
    if (subject !== undefined) subjects[name] = stored(subject);
    played.push({ life, subject: name, attempts, finished: true });
  }
  const ledger = { receipts, subjects, waiting: [], dead: [] };
  return { lives: played, kills: [], outages: [], announcements, ledger };
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

function stored({ status, expiresAt, lines }: Subject): StoredSubject {
  const orderLines = [...lines].map(([line, brought]) => {
    const [orderId = '', orderLineId = '', scene = ''] = line.split(' ');
    return { orderId, orderLineId, scene, expiresAt: iso(brought) };
  });
  return { status, expiresAt: iso(expiresAt), orderLines };
}

function shuffled<T>(values: readonly T[], random: Random): { readonly operation: T; readonly at: number }[] {
  return values
    .map((operation, at) => ({ operation, at, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ operation, at }) => ({ operation, at }));
}
