import { licenseTables } from '../../src/cases/license/members.ts';
import type { ProfileId } from '../../src/profiles.ts';
import { faithful, illegal, type Json, type Life, notFound, type Steps } from '../reference/steps.ts';
import { type Mutant, mutantsOf } from './mutant.ts';
import { schemaMutants } from './schema.ts';

const { refresh, changeStatus, release, repeat, knows } = faithful;

export const refusing = (when: (json: Json, activity: string) => boolean) => (): Partial<Steps> => ({
  alsoRefuses: (activity, json) => (when(json, activity) ? 'not known here' : undefined),
});

/** A change of validity that does otherwise in some cases. */
export const refreshing =
  (
    when: (life: Life, scene: string) => boolean,
    otherwise: (life: Life, expiresAt: number) => ReturnType<Steps['refresh']>,
  ) =>
  (): Partial<Steps> => ({
    refresh: (life, scene, expiresAt) =>
      when(life, scene) ? otherwise(life, expiresAt) : refresh(life, scene, expiresAt),
  });

/** A status change that does otherwise in some cases. */
export const changing =
  (
    when: (life: Life, status: string) => boolean,
    otherwise: (life: Life, status: string) => ReturnType<Steps['changeStatus']>,
  ) =>
  (): Partial<Steps> => ({
    changeStatus: (life, status, timestamp) =>
      when(life, status) ? otherwise(life, status) : changeStatus(life, status, timestamp),
  });

let uniqueLine = 0;

/** Of License codes and instances alike. */
export const idempotencyMutants: readonly Mutant[] = mutantsOf('idem', {
  'renewal-repeated': () => ({ repeat: () => ({ code: '000005', message: 'the line exists' }) }),
  'renewal-50-at-once': () => ({ lineGap: 300 }),
  'freeze-repeated': changing(
    ({ status }, order) => status === 'FROZEN' && order === 'FREEZE',
    () => illegal('frozen already'),
  ),
  'unfreeze-repeated': changing(
    ({ status }, order) => status === 'ACTIVE' && order === 'UNFREEZE',
    () => illegal('not frozen'),
  ),
  'release-repeated': () => ({ release: (life) => (life.status === 'RELEASED' ? notFound : release(life)) }),
  'other-subject-same-line': () => ({
    repeat: (applied, _subject, json, life) => repeat(applied, applied.subject, json, life),
  }),
  'other-expiry-same-line': () => ({
    repeat: (applied, subject, json, life) =>
      repeat({ ...applied, expireTime: json['expireTime'] }, subject, json, life),
  }),
  'refusal-forgotten': () => ({ remembersRefusals: true }),
  'applied-once': () => ({
    lineKey() {
      uniqueLine += 1;
      return `never the same: ${uniqueLine}`;
    },
  }),
  'lines-of-one-order': () => ({ lineKey: (activity, { scene, orderId }) => [activity, scene, orderId].join(' ') }),
  'scenes-of-one-line': () => ({
    lineKey: (activity, { orderId, orderLineId }) => [activity, orderId, orderLineId].join(' '),
  }),
});

export const orderMutants: readonly Mutant[] = mutantsOf('order', {
  renewal: refreshing(
    ({ expiresAt }, scene) => expiresAt !== null && scene === 'RENEWAL',
    (life) => life,
  ),
  freeze: changing(
    (_life, order) => order === 'FREEZE',
    (life) => life,
  ),
  unfreeze: changing(
    (_life, order) => order === 'UNFREEZE',
    (life) => life,
  ),
  release: () => ({ release: (life) => life }),
  'renewals-swapped': refreshing(
    (life, scene) => scene === 'RENEWAL' && life.status === 'ACTIVE',
    (life, expiresAt) => ({ ...life, expiresAt }),
  ),
  cancellation: refreshing(
    (_life, scene) => scene === 'UNSUBSCRIBE_RENEWAL_PERIOD',
    (life) => life,
  ),
  'cancellations-swapped': refreshing(
    (_life, scene) => scene === 'UNSUBSCRIBE_RENEWAL_PERIOD',
    (life, expiresAt) => ({ ...life, expiresAt }),
  ),
  'trial-after-renewal': refreshing(
    (_life, scene) => scene === 'TRIAL_TO_FORMAL',
    (life, expiresAt) => ({ ...life, expiresAt }),
  ),
  'renewal-change': refreshing(
    (_life, scene) => scene === 'RENEWAL_CHANGE',
    (life) => life,
  ),
  'renewal-of-frozen': refreshing(
    ({ status }) => status === 'FROZEN',
    () => notFound,
  ),
  'late-freeze': () => ({ changeStatus: (life, order) => changeStatus({ ...life, statusAt: 0 }, order, 1) }),
  'freeze-after-release': changing(
    ({ status }, order) => status === 'RELEASED' && order === 'FREEZE',
    () => notFound,
  ),
  'unfreeze-after-release': changing(
    ({ status }, order) => status === 'RELEASED' && order === 'UNFREEZE',
    (life) => ({ ...life, status: 'ACTIVE' }),
  ),
  'renewal-after-release': refreshing(
    ({ status }) => status === 'RELEASED',
    (life, expiresAt) => ({ ...life, expiresAt }),
  ),
  'old-renewal-after-release': () => ({
    repeat: (applied, subject, json, life) =>
      life?.status === 'RELEASED' ? notFound : repeat(applied, subject, json, life),
  }),
  'refused-without-effect': () => ({ actsFirst: true }),
});

export const licenseMutants: readonly Mutant[] = [
  ...schemaMutants('license', licenseTables),
  ...mutantsOf('schema', {
    'refresh-scenes': refusing(({ scene }) => scene === 'TRIAL_TO_FORMAL'),
    'refresh-milliseconds': refusing(({ expireTime }) => String(expireTime).length === 17),
    'refresh-longest-texts': refusing(({ orderId }) => String(orderId).length > 50),
    'status-variants': refusing(({ status }) => status === 'FROZEN'),
  }),
  ...mutantsOf('order', {
    'unknown-code': () => ({ knows: (_kind, life) => life }),
    'unknown-code-answered': () => ({
      knows(kind, life) {
        if (life === undefined) throw new TypeError('undefined has no status');
        return knows(kind, life);
      },
      afterwards: (reply) => (reply.body.includes('"000005"') ? { ...reply, status: 500 } : reply),
    }),
  }),
];

const seen = (): ((json: Json) => boolean) => {
  const before = new Set<string>();
  return (json) => {
    const text = JSON.stringify({ ...json, timeStamp: undefined, authToken: undefined });
    if (before.has(text)) return true;
    before.add(text);
    return false;
  };
};

const isFlagged = ({ testFlag }: Json): boolean => testFlag === '1' || testFlag === 1;

const debugging = mutantsOf('debug', {
  accepted: refusing(isFlagged),
  'any-order': () => {
    const isRepeat = seen();
    return refusing((json) => isFlagged(json) && isRepeat(json))();
  },
  'numeric-flag': refusing(({ testFlag }) => testFlag === 1),
  'flag-outside': () => ({ flagOf: ({ testFlag }) => (testFlag === '2' ? '0' : testFlag) }),
  'token-checked': () => ({ checksDebuggingToken: false }),
  'no-freeze': () => ({ debuggingTouches: (activity) => activity.includes('Status') }),
  'schema-checked': () => ({ checksDebuggingSchema: false }),
});

/** What real calls may hold in `testFlag`; of an online License the application alone, its instance is set up before. */
export const flags = (profile: ProfileId): readonly Mutant[] => {
  const refused = (when: (testFlag: unknown) => boolean) =>
    refusing(
      ({ testFlag }, activity) => when(testFlag) && (profile !== 'online-license' || activity !== 'newInstance'),
    );
  return mutantsOf(`${profile}.debug`, {
    'flag-zero': refused((flag) => flag === '0' || flag === 0),
    'flag-absent': refused((flag) => flag === undefined),
    'flag-null': refused((flag) => flag === null || flag === ''),
  });
};

export const debuggingMutants: readonly Mutant[] = [
  ...debugging,
  ...(['license', 'saas', 'online-license', 'order-notice', 'kit'] as const).flatMap(flags),
  ...['license', 'saas'].flatMap((profile) =>
    mutantsOf(`${profile}.debug`, { 'mock-orders': () => ({ isDebugging: isFlagged }) }),
  ),
  ...mutantsOf('order-notice.debug', { 'mock-orders': refusing(({ orderId }) => String(orderId).startsWith('MOCK')) }),
  ...mutantsOf('license.debug', {
    'no-trace': () => ({ debuggingTouches: (activity) => activity.startsWith('refresh') }),
    'real-after-debugging': () => ({ debuggingTouches: (activity) => activity.startsWith('refresh') }),
  }),
];
