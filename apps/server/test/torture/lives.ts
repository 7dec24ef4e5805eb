import type { Random } from './random.ts';

/** What the store wants of a license or an instance. Instants are milliseconds since the epoch. */
export type Operation =
  | { readonly kind: 'buy'; readonly orderId: string; readonly orderLineId: string }
  | {
      readonly kind: 'refresh';
      readonly scene: 'RENEWAL' | 'RENEWAL_CHANGE' | 'UNSUBSCRIBE_RENEWAL_PERIOD' | 'TRIAL_TO_FORMAL';
      readonly orderId: string;
      readonly orderLineId: string;
      readonly expiresAt: number;
    }
  | { readonly kind: 'status'; readonly status: 'FREEZE' | 'UNFREEZE' }
  | { readonly kind: 'release' }
  | { readonly kind: 'upgrade'; readonly orderId: string; readonly orderLineId: string }
  | { readonly kind: 'query' };

/** What may be on its way at the same time, because every order of it ends the same (R15–R17). */
export type Step = readonly Operation[];

/** One buyer's time with a product. */
export interface Life {
  readonly of: 'license' | 'instance';
  /** The code; of an instance, whose id the server gives, the prefix of its orders. */
  readonly name: string;
  /** Each begins when all of the one before were answered. */
  readonly steps: readonly Step[];
}

const renewing = ['RENEWAL', 'RENEWAL_CHANGE'] as const;

/** A whole life. `name` is part of every order id of it. */
export function drawLife(random: Random, name: string): Life {
  const of = random.chance(0.5) ? 'license' : 'instance';
  let orders = 0;
  const line = () => {
    orders += 1;
    return { orderId: `${name}-${orders}`, orderLineId: `${name}-${orders}-000001` };
  };
  const refresh = (scene: Extract<Operation, { kind: 'refresh' }>['scene']): Operation => ({
    kind: 'refresh',
    scene,
    ...line(),
    expiresAt: Date.UTC(
      random.between(2027, 2046),
      random.between(0, 11),
      random.between(1, 28),
      random.between(0, 23),
    ),
  });
  const several = (most: number, draw: () => Operation): Operation[] =>
    Array.from({ length: random.between(1, most) }, draw);
  const renewals = (most: number): Operation[] => several(most, () => refresh(random.pick(renewing)));
  const status = (to: 'FREEZE' | 'UNFREEZE'): Operation => ({ kind: 'status', status: to });

  const middle = (): Step[] => {
    switch (random.pick(['renew', 'renew', 'cancel', 'formal', 'freeze', 'freeze', 'overdue', 'change', 'ask'])) {
      case 'renew':
        return [renewals(3)];
      case 'cancel':
        return [several(2, () => refresh('UNSUBSCRIBE_RENEWAL_PERIOD'))];
      case 'formal':
        return [[refresh('TRIAL_TO_FORMAL')]];
      case 'freeze':
        return [[status('FREEZE')], [status('UNFREEZE')]];
      case 'overdue':
        return [
          [status('FREEZE'), ...renewals(2)],
          [status('UNFREEZE'), ...renewals(1)],
        ];
      case 'change':
        return of === 'license' ? [renewals(2)] : [[{ kind: 'upgrade', ...line() }, ...renewals(2)]];
      default:
        return of === 'license' ? [[status('UNFREEZE')]] : [[{ kind: 'query' }, ...renewals(1)]];
    }
  };

  const steps: Step[] = of === 'instance' ? [[{ kind: 'buy', ...line() }]] : random.chance(0.8) ? [renewals(1)] : [];
  for (let count = random.between(1, 4); count > 0; count -= 1) steps.push(...middle());
  if (random.chance(0.6)) {
    if (random.chance(0.5)) steps.push([refresh('UNSUBSCRIBE_RENEWAL_PERIOD')], [status('FREEZE')]);
    steps.push([{ kind: 'release' }]);
    // Nothing brings it back (R18).
    if (random.chance(0.4)) steps.push([...renewals(1), status(random.pick(['FREEZE', 'UNFREEZE']))]);
    if (random.chance(0.3)) steps.push([{ kind: 'release' }]);
  }
  return { of, name, steps };
}
