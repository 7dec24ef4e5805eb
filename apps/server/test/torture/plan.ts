import { drawLife, type Life } from './lives.ts';
import { type Random, randomFor } from './random.ts';

/** When a server is killed. */
export type Kill =
  /** Some milliseconds after so many calls were answered since it listens. */
  | { readonly at: 'instant'; readonly answers: number; readonly ms: number }
  /** At a commit, counted from its start: just before it, or when it has taken place and nobody has heard of it. */
  | { readonly at: 'before-commit' | 'after-commit'; readonly count: number }
  /** Some milliseconds after it was started, listening or not. */
  | { readonly at: 'start'; readonly ms: number };

/** How a request travels: whole, in pieces, broken off half-way, or whole with the connection cut before the answer. */
export interface Manner {
  readonly how: 'whole' | 'slow' | 'half' | 'cut';
  /** Between the pieces, or before the end. */
  readonly ms: number;
  /** Another call of the same order at the same time, with a token of its own. */
  readonly twice: boolean;
  /** Before it a stranger's call of the same, whose signature is wrong. */
  readonly forged: boolean;
  /** Which of the servers is called, 0 up to 1. */
  readonly replica: number;
  /** The pause before, in milliseconds. */
  readonly pauseMs: number;
}

/** What still comes of an operation after it was answered. */
export interface Aftermath {
  /** The very same bytes once more. */
  readonly replay: boolean;
  /** The same order with a fresh token. */
  readonly repeat: boolean;
  /** The same order line with another expiry. */
  readonly conflict: boolean;
  /** The opposite change of status, signed before this one and overtaken by it (R17). */
  readonly stale: boolean;
}

/** Everything that follows from a seed: what is sent, how, and when which server is killed. */
export interface Plan {
  /** For each replica, in order. */
  readonly kills: readonly (readonly Kill[])[];
  life(sender: number, index: number): Life;
  manner(place: Place): Manner;
  aftermath(place: Omit<Place, 'attempt'>): Aftermath;
}

/** One attempt at one operation. */
export interface Place {
  readonly sender: number;
  readonly life: number;
  readonly step: number;
  readonly operation: number;
  readonly attempt: number;
}

export interface PlanNeed {
  readonly seed: number;
  readonly kills: number;
  readonly replicas: number;
  /** Part of every code and order, so that a database may be used by several runs. */
  readonly tag: string;
}

/** After so many attempts nothing goes wrong any more but what the kills cause. */
const roughAttempts = 4;

export function planOf({ seed, kills, replicas, tag }: PlanNeed): Plan {
  return {
    kills: Array.from({ length: replicas }, (_, replica) => {
      const random = randomFor(seed, 'kills', replica);
      const share = Math.floor(kills / replicas) + (replica < kills % replicas ? 1 : 0);
      return Array.from({ length: share }, () => drawKill(random));
    }),
    life: (sender, index) => drawLife(randomFor(seed, 'life', sender, index), `${tag}-${sender}-${index}`),
    manner: ({ sender, life, step, operation, attempt }) =>
      drawManner(randomFor(seed, 'manner', sender, life, step, operation, attempt), attempt < roughAttempts),
    aftermath({ sender, life, step, operation }) {
      const random = randomFor(seed, 'aftermath', sender, life, step, operation);
      return {
        replay: random.chance(0.15),
        repeat: random.chance(0.2),
        conflict: random.chance(0.1),
        stale: random.chance(0.3),
      };
    },
  };
}

function drawKill(random: Random): Kill {
  switch (
    random.pick(['instant', 'instant', 'instant', 'before', 'before', 'before', 'after', 'after', 'after', 'start'])
  ) {
    case 'instant':
      return { at: 'instant', answers: random.between(0, 60), ms: random.between(0, 30) };
    case 'before':
      return { at: 'before-commit', count: random.between(1, 60) };
    case 'after':
      return { at: 'after-commit', count: random.between(1, 60) };
    default:
      return { at: 'start', ms: random.between(0, 800) };
  }
}

function drawManner(random: Random, rough: boolean): Manner {
  const how = random.pick(['whole', 'whole', 'whole', 'whole', 'whole', 'slow', 'half', 'cut', 'cut'] as const);
  const manner = {
    how,
    ms: random.between(0, how === 'slow' ? 40 : 6),
    twice: random.chance(0.1),
    forged: random.chance(0.05),
    replica: random.next(),
    pauseMs: random.between(0, 15),
  };
  return rough ? manner : { ...manner, how: 'whole', twice: false, forged: false };
}
