import type { Entry, Flow, Node, Outcome, Party, Step, Supervision } from './supervision.ts';

/** Every move a supervision can make. Pure: nothing else changes its node. */

export type MoveRefusal = 'other-node' | 'appealing' | 'not-appealing' | 'supervision-over';

export type Moved<Refusal = MoveRefusal> =
  | { readonly ok: true; readonly supervision: Supervision }
  | { readonly ok: false; readonly refusal: Refusal };

type Steps = Readonly<Partial<Record<Node, Readonly<Partial<Record<Step, Node>>>>>>;

/** Where each step leads from each node (`seller center`, 服务监管). */
const steps: Readonly<Record<Flow, Steps>> = {
  LICENSE_CODE: {
    DELIVER: { deliver: 'CLAIM' },
    CLAIM: { claim: 'ACTIVATE' },
    ACTIVATE: { activate: 'PROOF' },
    PROOF: { proof: 'CLOSING' },
    CLOSING: { close: 'DONE' },
  },
  STANDARD: {
    SUBMIT_REQUIREMENT: { submit: 'CONFIRM' },
    CONFIRM: { confirm: 'DELIVER', reject: 'SUBMIT_REQUIREMENT' },
    DELIVER: { deliver: 'ACCEPT' },
    ACCEPT: { accept: 'CLOSING', reject: 'DELIVER' },
    CLOSING: { close: 'DONE' },
  },
};

const last: ReadonlySet<Node> = new Set(['DONE', 'CLOSED', 'REFUNDED', 'ENDED']);

export const isOver = ({ node }: Supervision): boolean => last.has(node);

/** An order is completed within three hours of its acceptance; here after all three. */
const closingMs = 3 * 3_600_000;

/** Enough to follow a delivery that is rejected time and again. */
const entriesKept = 100;

/** The steps that may be taken now. */
export const stepsFrom = ({ flow, node, appeal }: Supervision): Step[] =>
  appeal === null ? (Object.keys(steps[flow][node] ?? {}) as Step[]) : []; // the keys of a literal are exactly its type's

export function take(
  supervision: Supervision,
  step: Step,
  now: number,
  text: string | null = null,
): Moved<Exclude<MoveRefusal, 'not-appealing'>> {
  const { flow, node, appeal } = supervision;
  if (isOver(supervision)) return refused('supervision-over');
  if (appeal !== null) return refused('appealing');
  const next = steps[flow][node]?.[step];
  if (next === undefined) return refused('other-node');
  const closesAt = next === 'CLOSING' ? now + closingMs : supervision.closesAt;
  return moved({ ...supervision, node: next, closesAt }, { at: now, what: step, text });
}

/** Either side may appeal at any node (发起申诉), which freezes it. */
export function appeal(
  supervision: Supervision,
  { by, reason }: { readonly by: Party; readonly reason: string },
  now: number,
): Moved<'appealing' | 'supervision-over'> {
  if (isOver(supervision)) return refused('supervision-over');
  if (supervision.appeal !== null) return refused('appealing');
  return moved(
    { ...supervision, appeal: { by, reason, at: now } },
    { at: now, what: 'appeal', text: `${by}: ${reason}` },
  );
}

/** The operations manager decides an appeal: it goes on where it stood, or is closed or refunded. */
export function decide(supervision: Supervision, outcome: Outcome, now: number): Moved<'not-appealing'> {
  if (supervision.appeal === null) return refused('not-appealing');
  const { closesAt } = supervision;
  const freed: Supervision = {
    ...supervision,
    node: outcome === 'continue' ? supervision.node : outcome === 'close' ? 'CLOSED' : 'REFUNDED',
    closesAt: closesAt === null ? null : Math.max(closesAt, now),
    appeal: null,
  };
  return moved(freed, { at: now, what: outcome, text: null });
}

/** What was sold is released: there is nothing left to deliver. What was accepted before is still closed. */
export function end(supervision: Supervision, now: number): Supervision {
  if (isOver(supervision) || supervision.node === 'CLOSING') return supervision;
  return withEntry({ ...supervision, node: 'ENDED', appeal: null }, { at: now, what: 'end', text: null });
}

const refused = <const Refusal>(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});

const moved = (supervision: Supervision, entry: Entry): { readonly ok: true; readonly supervision: Supervision } => ({
  ok: true,
  supervision: withEntry(supervision, entry),
});

const withEntry = (supervision: Supervision, entry: Entry): Supervision => ({
  ...supervision,
  history: [...supervision.history, entry].slice(-entriesKept),
});
