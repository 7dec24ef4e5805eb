import { type Result, result, resultCode } from '@koobridge/contracts';

/** What a License code and an instance have in common: a buyer's time with a product. Instants are milliseconds since the epoch. */
export interface Life {
  readonly status: LifeStatus;
  /** Null until a callback or the store's order has told it. */
  readonly expiresAt: number | null;
  /** Token timestamp of the last order that set the status, null before the first (R17). */
  readonly statusAt: number | null;
  /** Whether a renewal was applied (R16). */
  readonly renewed: boolean;
  /** Whether the cancellation of a renewal was applied (R16). */
  readonly cancelled: boolean;
}

export const lifeStatuses = ['ACTIVE', 'FROZEN', 'RELEASED'] as const;
export type LifeStatus = (typeof lifeStatuses)[number];

/** A life that has just begun. */
export const newLife: Life = { status: 'ACTIVE', expiresAt: null, statusAt: null, renewed: false, cancelled: false };

/** `UNSTATED` is V1, which calls a renewal and its cancellation alike when it tells no amount (R25). */
export type Scene = 'RENEWAL' | 'RENEWAL_CHANGE' | 'UNSUBSCRIBE_RENEWAL_PERIOD' | 'TRIAL_TO_FORMAL' | 'UNSTATED';

export interface Refresh {
  readonly scene: Scene;
  readonly expiresAt: number;
  readonly tokenTimestamp: number;
  /** Whether a renewal also unfreezes (R17). */
  readonly unfreezes: boolean;
}

export interface StatusChange {
  readonly status: 'FREEZE' | 'UNFREEZE';
  readonly tokenTimestamp: number;
}

/** What an order of the store does to a life: the answer, and the life where it changed. */
export interface LifeDecision {
  readonly answer: Result;
  readonly life?: Life;
  /** The expiry should be confirmed with the store's own data (R16), or no longer needs to be. */
  readonly confirmExpiry?: 'ask' | 'withdraw';
}

export const done = result(resultCode.success);
export const notFound = result(resultCode.notFound);

/** A new expiry (R16, R17). */
export function refresh(life: Life, order: Refresh): LifeDecision & { readonly life?: Life & { expiresAt: number } } {
  if (life.status === 'RELEASED') return { answer: notFound }; // R18
  const isRenewal = order.scene === 'RENEWAL' || order.scene === 'RENEWAL_CHANGE';
  const unfreezes =
    order.unfreezes && order.scene !== 'UNSUBSCRIBE_RENEWAL_PERIOD' && order.scene !== 'TRIAL_TO_FORMAL';
  const cancelled = life.cancelled || order.scene === 'UNSUBSCRIBE_RENEWAL_PERIOD' || shortens(life, order);
  return {
    answer: done,
    life: {
      ...life,
      ...(unfreezes && !isOutdated(life, order.tokenTimestamp)
        ? { status: 'ACTIVE', statusAt: order.tokenTimestamp }
        : {}),
      expiresAt: expiryAfter(life, order),
      renewed: life.renewed || isRenewal,
      cancelled,
    },
    // A renewal and a cancellation do not commute: which of them came first, only the store can say (R16).
    ...(cancelled && order.scene !== 'TRIAL_TO_FORMAL' ? { confirmExpiry: 'ask' } : {}),
  };
}

const shortens = (life: Life, { scene, expiresAt }: Refresh): boolean =>
  scene === 'UNSTATED' && life.expiresAt !== null && expiresAt < life.expiresAt;

/** R16: renewals commute among each other, and so do cancellations. */
function expiryAfter(life: Life, { scene, expiresAt }: Refresh): number {
  const present = life.expiresAt;
  switch (scene) {
    case 'RENEWAL':
    case 'RENEWAL_CHANGE':
      return Math.max(present ?? expiresAt, expiresAt);
    case 'UNSUBSCRIBE_RENEWAL_PERIOD':
      return Math.min(present ?? expiresAt, expiresAt);
    case 'TRIAL_TO_FORMAL':
      return life.renewed && present !== null ? present : expiresAt;
    case 'UNSTATED':
      return expiresAt;
  }
}

export function changeStatus(life: Life, order: StatusChange): LifeDecision {
  if (life.status === 'RELEASED') return { answer: order.status === 'FREEZE' ? done : notFound }; // R18
  if (isOutdated(life, order.tokenTimestamp)) return { answer: done };
  const status = order.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE';
  return { answer: done, life: { ...life, status, statusAt: order.tokenTimestamp } };
}

export function release(life: Life): LifeDecision {
  if (life.status === 'RELEASED') return { answer: done }; // R18
  return { answer: done, life: { ...life, status: 'RELEASED' }, confirmExpiry: 'withdraw' };
}

/** Whether a later change of the status was applied already: deliveries overtake each other (R17). */
const isOutdated = ({ statusAt }: Life, tokenTimestamp: number): boolean =>
  statusAt !== null && tokenTimestamp < statusAt;
