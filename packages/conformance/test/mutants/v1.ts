import type { AuthTokenRefusal } from '@koobridge/contracts';
import type { Steps } from '../reference/steps.ts';
import { errorPage } from './body.ts';
import { refusing } from './license.ts';
import { type Mutant, mutantsOf } from './mutant.ts';
import { rewriting } from './saas.ts';

/** Lets one kind of wrong token through, where the query has something to tell it by. */
const letting =
  (allowed: AuthTokenRefusal, when: (query: URLSearchParams) => boolean = () => true) =>
  (): Partial<Steps> => ({
    v1Refuses: (refusal, query) => !(refusal === allowed && when(new URLSearchParams(query.replaceAll('+', '%2B')))),
  });

const refusingRepeats = (activity: string) => (): Partial<Steps> => {
  const before = new Set<unknown>();
  return refusing((json, given) => {
    const subject = JSON.stringify([json['instanceId'], json['orderId']]);
    const isRepeat = given === activity && before.has(subject);
    before.add(subject);
    return isRepeat;
  })();
};

const blind = (name: string) =>
  rewriting(
    ({ activity }, { resultCode }) => activity === name && resultCode === '000003',
    () => ({ resultCode: '000000', resultMsg: 'success.' }),
  );

let drawn = 0;
const another = (): string => {
  drawn += 1;
  return `v1-${drawn}`;
};

export const v1Mutants: readonly Mutant[] = [
  ...mutantsOf('v1.sig', {
    accepted: refusing((json, activity) => activity === 'newInstance' && json['testFlag'] === undefined),
    missing: letting('auth-token-missing', (query) => !query.has('authToken')),
    empty: letting('auth-token-missing', (query) => query.get('authToken') === ''),
    repeated: letting('parameter-repeated'),
    truncated: letting('auth-token-malformed'),
    'one-character': letting(
      'auth-token-wrong',
      (query) => query.get('customerName') === 'Acme' && !query.has('trialFlag'),
    ),
    'parameter-changed': letting('auth-token-wrong', (query) => query.get('customerName') === 'Other'),
    'parameter-added': letting('auth-token-wrong', (query) => query.has('trialFlag')),
    'wrong-key': letting('auth-token-wrong'),
    'other-ring': () => ({ keysFor: (keys) => Object.values(keys).flat() }),
  }),
  ...mutantsOf('v1.time', {
    missing: letting('time-stamp-missing'),
    'past-inside': () => ({ v1WindowMs: 10_000 }),
    'past-day': letting('time-stamp-stale'),
    'ahead-day': letting('time-stamp-ahead'),
    'no-date': letting('time-stamp-malformed'),
  }),
  ...mutantsOf('v1.replay', { 'same-query': () => ({ v1Remembers: false }) }),
  ...mutantsOf('v1.answer', {
    'body-sign': () => ({ v1Signs: (signature, refused) => ({ [refused ? 'Body-Sign' : 'Body-sign']: signature }) }),
    'refusal-body-sign': () => ({
      v1Signs: (signature, refused) => (refused ? undefined : { 'Body-Sign': signature }),
    }),
  }),
  ...mutantsOf('v1.create', {
    repeated: () => ({
      lineKey: (_activity, { businessId, orderId }) => `${businessId} ${orderId}`,
      newInstanceId: ({ businessId }) => `ins-${businessId}`,
    }),
    '50-at-once': () => ({ lineGap: 300, newInstanceId: another }),
  }),
  ...mutantsOf('v1.idem', {
    'refresh-repeated': refusingRepeats('refreshInstance'),
    'expire-repeated': refusingRepeats('expireInstance'),
    'release-repeated': refusingRepeats('releaseInstance'),
    'upgrade-repeated': refusingRepeats('upgrade'),
  }),
  ...mutantsOf('v1.order', {
    'unknown-query': blind('queryInstance'),
    'unknown-expire': blind('expireInstance'),
    'unknown-release': blind('releaseInstance'),
  }),
  ...mutantsOf('v1.debug', {
    'flag-zero': refusing(({ testFlag }) => testFlag === '0'),
    'flag-absent': refusing(({ testFlag }) => testFlag === undefined),
  }),
  ...mutantsOf('v1.activity', {
    missing: errorPage(({ json }) => json !== undefined && !('activity' in json)),
  }),
];
