import { describe, expect, test } from 'vitest';
import { check, type Rule } from './check.ts';
import { faithfulHistory } from './faithful.ts';
import type { Announcement, Attempt, History, StoredSubject } from './history.ts';
import { drawLife, type Life } from './lives.ts';
import { randomFor } from './random.ts';

const day = 86_400_000;
const expiresAt = Date.UTC(2030, 0, 1);
const line = (number: number) => ({ orderId: `A-${number}`, orderLineId: `A-${number}-000001` });

/** Two renewals at once, frozen, cancelled, released. */
const life: Life = {
  of: 'license',
  name: 'A',
  steps: [
    [
      { kind: 'refresh', scene: 'RENEWAL', ...line(1), expiresAt },
      { kind: 'refresh', scene: 'RENEWAL', ...line(2), expiresAt: expiresAt + day },
    ],
    [{ kind: 'status', status: 'FREEZE' }],
    [{ kind: 'refresh', scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', ...line(3), expiresAt }],
    [{ kind: 'release' }],
    [{ kind: 'refresh', scene: 'RENEWAL', ...line(4), expiresAt }],
  ],
};

const faithful = () => faithfulHistory([life], randomFor(1, 'order'));

/** The rules that a history breaks when something in it is otherwise. */
function broken(change: (history: History) => Partial<History>): readonly Rule[] {
  const history = faithful();
  return [...new Set(check({ ...history, ...change(history) }).map(({ rule }) => rule))];
}

const withAttempts = (change: (attempts: Attempt[]) => Attempt[]) =>
  broken(({ lives }) => ({ lives: lives.map((played) => ({ ...played, attempts: change([...played.attempts]) })) }));

const answered = (attempt: Attempt | undefined, resultCode: string, more: Partial<Attempt> = {}): Attempt => ({
  ...(attempt ?? faithful().lives[0]?.attempts[0] ?? expect.unreachable()),
  answer: { status: 200, resultCode },
  ...more,
});

const unanswered = ({ answer: _, ...attempt }: Attempt, more: Partial<Attempt> = {}): Attempt => ({
  ...attempt,
  ...more,
});

const withSubject = (change: (subject: StoredSubject) => StoredSubject) =>
  broken(({ ledger }) => ({
    ledger: { ...ledger, subjects: { A: change(ledger.subjects['A'] ?? expect.unreachable()) } },
  }));

const withAnnouncements = (change: (announcements: Announcement[]) => Announcement[]) =>
  broken(({ announcements }) => ({ announcements: change([...announcements]) }));

test('a server that does everything right breaks nothing, whatever order the calls of a step come in', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const random = randomFor(seed, 'lives');
    const lives = Array.from({ length: 10 }, (_, index) => drawLife(random, `L${index}`));
    expect(check(faithfulHistory(lives, random)), `seed ${seed}`).toEqual([]);
  }
});

describe('what a history can show to be broken', () => {
  test('answers', () => {
    expect(withAttempts(([first, ...rest]) => [answered(first, '000003'), ...rest])).toContain('unexpected-answer');
    expect(withAttempts(([first, ...rest]) => [answered(first, '000005'), ...rest])).toEqual(['unexpected-answer']);
    const failed = { status: 503, resultCode: '000000' };
    expect(withAttempts(([first, ...rest]) => [answered(first, '', { answer: failed }), ...rest])).toContain(
      'unexpected-answer',
    );
    const conflict = { what: 'conflict', nonce: 'n' } as const;
    expect(withAttempts((all) => [...all, answered(all[0], '000000', conflict)])).toContain('unexpected-answer');
    const other = { status: 200, resultCode: '000000', instanceId: 'other' };
    expect(withAttempts(([first, ...rest]) => [answered(first, '', { answer: other }), ...rest])).toEqual([
      'unexpected-answer',
    ]);
  });

  test('no answer, but only while the server ran and the caller waited', () => {
    const silent = (more: Partial<Attempt>) =>
      withAttempts((all) => [...all, ...all.slice(0, 1).map((one) => unanswered(one, more))]);
    expect(silent({ from: 10, to: 20 })).toEqual(['unexpected-answer']);
    expect(silent({ from: 10, to: 20, how: 'cut' })).toEqual([]);
    const during = broken(({ lives }) => ({
      lives: lives.map((played) => ({
        ...played,
        attempts: [
          ...played.attempts,
          ...played.attempts.slice(0, 1).map((one) => unanswered(one, { from: 10, to: 20 })),
        ],
      })),
      outages: [{ replica: 0, from: 15, to: 30 }],
    }));
    expect(during).toEqual([]);
  });

  test('000005 is an answer while the server starts, and after four seconds, unless that is the rule', () => {
    const slow = answered(undefined, '000005', { from: 0, to: 4_500, nonce: 'slow' });
    expect(withAttempts((all) => [...all, slow])).toEqual(['unexpected-answer']); // one in seven
    const rare = broken(({ lives }) => ({
      lives: lives.map((played) => ({
        ...played,
        attempts: [
          ...Array.from({ length: 20 }, (_, index) =>
            answered(undefined, '000001', { what: 'forged', nonce: `${index}` }),
          ),
          ...played.attempts,
          slow,
        ],
      })),
    }));
    expect(rare).toEqual([]);
  });

  test('a life that was not answered to its end', () => {
    expect(broken(({ lives }) => ({ lives: lives.map((played) => ({ ...played, finished: false })) }))).toEqual([
      'unfinished',
    ]);
  });

  test('an answer that is not in the ledger, or there otherwise', () => {
    const receiptsOf = ({ ledger }: History, change: (receipts: History['ledger']['receipts']) => typeof receipts) => ({
      ledger: { ...ledger, receipts: change(ledger.receipts) },
    });
    type receipts = History['ledger']['receipts'];
    expect(broken((history) => receiptsOf(history, (all) => all.slice(1)))).toEqual(['lost']);
    expect(
      broken((history) =>
        receiptsOf(history, ([first, ...rest]: receipts) => [
          { nonce: first?.nonce ?? '', resultCode: '000002' },
          ...rest,
        ]),
      ),
    ).toEqual(['lost']);
    expect(broken((history) => receiptsOf(history, (all) => [...all, ...all.slice(0, 1)]))).toEqual(['uncalled-for']);
    const nobodys = { nonce: 'nobody’s', resultCode: '000000' };
    expect(broken((history) => receiptsOf(history, (all) => [...all, nobodys]))).toEqual(['uncalled-for']);
  });

  test.each([
    ['a forged call', { what: 'forged' }],
    ['half a call', { how: 'half' }],
  ] as const)('%s that was taken', (_name, more) => {
    const rules = broken(({ lives, ledger }) => ({
      lives: lives.map((played) => ({
        ...played,
        attempts: [
          ...played.attempts,
          ...played.attempts.slice(0, 1).map((one) => unanswered(one, { how: 'cut', ...more, nonce: 'n' })),
        ],
      })),
      ledger: { ...ledger, receipts: [...ledger.receipts, { nonce: 'n', resultCode: '000000' }] },
    }));
    expect(rules).toEqual(['uncalled-for']);
  });

  test('a token that was good for two calls', () => {
    const replay = { what: 'replay', from: 50, to: 50 } as const;
    expect(withAttempts((all) => [...all, answered(all[0], '000000', replay)])).toEqual(
      expect.arrayContaining(['unexpected-answer', 'replay-taken']),
    );
    expect(withAttempts((all) => [...all, answered(all[0], '000001', replay)])).toEqual([]);
  });

  test('the state', () => {
    expect(withSubject((subject) => ({ ...subject, status: 'FROZEN' }))).toEqual(['wrong-state']);
    expect(withSubject((subject) => ({ ...subject, expiresAt: null }))).toEqual(['wrong-state']);
    expect(broken(({ ledger }) => ({ ledger: { ...ledger, subjects: {} } }))).toEqual(['wrong-state']);
  });

  test('order lines', () => {
    expect(withSubject((subject) => ({ ...subject, orderLines: subject.orderLines.slice(1) }))).toEqual(['line-lost']);
    const refused = { ...line(4), scene: 'RENEWAL', expiresAt: null };
    expect(withSubject(({ orderLines, ...rest }) => ({ ...rest, orderLines: [...orderLines, refused] }))).toEqual([
      'uncalled-for',
    ]);
    expect(
      withSubject((subject) => ({ ...subject, orderLines: [...subject.orderLines, ...subject.orderLines] })),
    ).toEqual(['uncalled-for']);
  });

  test('events', () => {
    const renamed = (event: Announcement | undefined) => [{ ...(event ?? expect.unreachable()), id: 'evt_anew' }];
    for (const at of [0, 1, 2, 3, 4])
      expect(withAnnouncements((all) => all.toSpliced(at, 1))).toEqual(['event-missing']);
    // Once more under the same id is what at least once means.
    expect(withAnnouncements((all) => [...all, ...all])).toEqual([]);
    expect(withAnnouncements((all) => [...all, { ...(all[0] ?? expect.unreachable()), body: '{}' }])).toEqual([
      'event-changed',
    ]);
    for (const at of [0, 2, 4])
      expect(withAnnouncements((all) => [...all, ...renamed(all[at])])).toEqual(['event-twice']);
    expect(withAnnouncements((all) => all.toSpliced(1, 0, ...renamed(all[0])))).toEqual(['event-twice']);
    expect(withAnnouncements((all) => all.toReversed())).toEqual(['event-out-of-order']);
  });

  test('an event that was given up; one that waits to leave is not missing', () => {
    const [last] = faithful().announcements.slice(-1);
    const waiting = last === undefined ? [] : [{ id: last.id, type: last.type, subject: last.subject }];
    const held = (ledger: Partial<History['ledger']>) =>
      broken((history) => ({
        announcements: history.announcements.slice(0, -1),
        ledger: { ...history.ledger, ...ledger },
      }));
    expect(held({})).toEqual(['event-missing']);
    expect(held({ waiting })).toEqual([]);
    expect(held({ dead: waiting })).toEqual(expect.arrayContaining(['event-dead']));
  });
});
