import type { AuthTokenRefusal } from '@koobridge/contracts';
import { v1KitTables } from '../../src/cases/v1/kit-members.ts';
import { v1LicenseTables, v1Tables } from '../../src/cases/v1/members.ts';
import type { ProfileId } from '../../src/profiles.ts';
import { faithful, type Incoming, type Json, notFound, type Steps } from '../reference/steps.ts';
import { authTokens } from '../reference/v1.ts';
import { errorPage } from './body.ts';
import { changing, flags, refreshing, refusing } from './license.ts';
import { type Mutant, mutantsOf } from './mutant.ts';
import { rewriting, without } from './saas.ts';
import { schemaMutants } from './schema.ts';

/** Lets one kind of wrong token through, where the call has something to tell it by. */
const letting =
  (allowed: AuthTokenRefusal, when: (incoming: Incoming) => boolean = () => true) =>
  (): Partial<Steps> => ({
    v1Refuses: (refusal, incoming) => !(refusal === allowed && when(incoming)),
  });

/** Nor does it mind the member that holds the time. */
const unminded = (allowed: AuthTokenRefusal) => (): Partial<Steps> => ({
  ...letting(allowed)(),
  minds: (_activity, member) => member !== 'timeStamp',
});

/** Whether query or body speak of something. */
const holds =
  (...words: readonly string[]) =>
  ({ query, body }: Incoming): boolean =>
    words.some((word) => query.includes(word) || body.includes(word));

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

const specimens = ['newInstance', 'getLicense', 'tenantSync'];
const changedName = holds('customerName=Other', '"name":"Other"');
const added = holds('trialFlag', 'zAdded');

/** What holds of a query and of the Kit's header alike. */
const everywhere = (profile: ProfileId): readonly Mutant[] => [
  ...mutantsOf(`${profile}.sig`, {
    accepted: refusing(({ testFlag }, activity) => specimens.includes(activity) && !/^1$/.test(String(testFlag))),
    missing: letting('auth-token-missing', (incoming) => authTokens(incoming).length === 0),
    empty: letting('auth-token-missing', (incoming) => authTokens(incoming)[0] === ''),
    repeated: (): Partial<Steps> => ({ v1Refuses: (_refusal, incoming) => authTokens(incoming).length < 2 }),
    truncated: letting('auth-token-malformed', (incoming) => authTokens(incoming)[0]?.length === 22),
    'one-character': letting('auth-token-wrong', (incoming) => !changedName(incoming) && !added(incoming)),
    'parameter-changed': letting('auth-token-wrong', changedName),
    'parameter-added': letting('auth-token-wrong', added),
    'member-changed': letting('auth-token-wrong', changedName),
    'member-added': letting('auth-token-wrong', added),
    'wrong-key': letting('auth-token-wrong'),
    'other-ring': () => ({ keysFor: (keys) => Object.values(keys).flat() }),
  }),
  ...mutantsOf(`${profile}.time`, {
    missing: unminded('time-stamp-missing'),
    'past-inside': () => ({ v1WindowMs: 10_000 }),
    'past-day': letting('time-stamp-stale'),
    'ahead-day': letting('time-stamp-ahead'),
    'no-date': unminded('time-stamp-malformed'),
    'in-utc': letting('time-stamp-stale'),
  }),
  ...mutantsOf(`${profile}.replay`, { 'same-query': () => ({ v1Remembers: false }) }),
  ...mutantsOf(`${profile}.answer`, {
    'body-sign': () => ({ v1Signs: (signature, refused) => ({ [refused ? 'Body-Sign' : 'Body-sign']: signature }) }),
    'refusal-body-sign': () => ({
      v1Signs: (signature, refused) => (refused ? undefined : { 'Body-Sign': signature }),
    }),
    'error-body-sign': () => ({
      v1Signs: (signature, refused, body) =>
        refused || body.includes('"000000"') ? { 'Body-Sign': signature } : undefined,
    }),
    'wrong-method': errorPage(({ incoming }) => incoming.method === 'PUT', 405),
  }),
  ...mutantsOf(`${profile}.activity`, {
    missing: errorPage(({ json }) => json !== undefined && !('activity' in json)),
  }),
  ...flags(profile),
];

/** Of what comes in a query. */
const inQuery = (profile: ProfileId): readonly Mutant[] =>
  mutantsOf(`${profile}.parameters`, {
    'other-order': () => ({ takesQuery: (query) => !query.startsWith('authToken=') }),
    chinese: refusing(({ customerName }) => String(customerName).includes('测试')),
    'encoded-signs': refusing(({ customerName }) => String(customerName).includes('+B/')),
    'extend-params': refusing(({ saasExtendParams }) => saasExtendParams !== undefined),
    'empty-value': refusing(({ skuCode }) => skuCode === ''),
    'unknown-parameter': refusing((json) => 'zNewParameter' in json),
    'upper-case-first': refusing((json) => 'Zone' in json),
    'blank-as-plus': () => ({ takesQuery: (query) => !query.includes('Acme+Works') }),
    'token-unencoded': () => ({ takesQuery: (query) => !/authToken=[^&]*=/.test(query) }),
  });

interface LifeNames {
  readonly refresh: string;
  readonly expire: string;
  readonly release: string;
}

const ofLife = (profile: ProfileId, { refresh, expire, release }: LifeNames): readonly Mutant[] => [
  ...mutantsOf(`${profile}.idem`, {
    'refresh-repeated': refusingRepeats(refresh),
    'expire-repeated': refusingRepeats(expire),
    'release-repeated': refusingRepeats(release),
    'other-instance-same-order': () => ({
      repeat: (applied, _subject, json, life) => faithful.repeat(applied, applied.subject, json, life),
    }),
  }),
  ...mutantsOf(`${profile}.order`, {
    renewal: refreshing(
      () => true,
      (life) => life,
    ),
    expiry: changing(
      (_life, order) => order === 'FREEZE',
      (life) => life,
    ),
    'renewal-unfreezes': () => ({ v1Unfreezes: (life) => life }),
    'expiry-after-release': changing(
      ({ status }, order) => status === 'RELEASED' && order === 'FREEZE',
      () => notFound,
    ),
    'unknown-refresh': blind(refresh),
    'unknown-expire': blind(expire),
    'unknown-release': blind(release),
  }),
];

const saas: readonly Mutant[] = [
  ...mutantsOf('v1.create', {
    repeated: () => ({
      lineKey: (_activity, { businessId, orderId }) => `${businessId} ${orderId}`,
      newInstanceId: ({ businessId }) => `ins-${businessId}`,
    }),
    '50-at-once': () => ({ lineGap: 300, newInstanceId: another }),
    'on-demand-products': () => ({
      lineKey: (activity, { orderId }) => `${activity} ${orderId}`,
      newInstanceId: ({ orderId }) => `ins-${orderId}`,
    }),
    accounts: () => ({ v1Account: (text) => text }),
  }),
  ...mutantsOf('v1.idem', {
    'upgrade-repeated': refusingRepeats('upgrade'),
    'status-repeated': refusingRepeats('instanceStatus'),
  }),
  ...mutantsOf('v1.order', {
    status: changing(
      (_life, order) => order === 'UNFREEZE',
      (life) => life,
    ),
    'unknown-query': blind('queryInstance'),
    'unknown-upgrade': blind('upgrade'),
    'unknown-status': blind('instanceStatus'),
  }),
];

const license: readonly Mutant[] = mutantsOf('v1-license.create', {
  license: rewriting(
    ({ activity, json }) => activity === 'getLicense' && json?.['testFlag'] === undefined,
    without('license'),
  ),
  repeated: () => ({
    lineKey: (_activity, { businessId, orderId }) => `${businessId} ${orderId}`,
    newInstanceId: ({ businessId }) => `ins-${businessId}`,
  }),
  '50-at-once': () => ({ lineGap: 300, newInstanceId: another }),
});

/** Answers as if the body had not been read as it is. */
const misreading = (when: (body: string) => boolean) =>
  rewriting(
    ({ incoming }) => when(incoming.body.toString()),
    () => ({ resultCode: '000001', resultMsg: 'wrong signature' }),
  );

const flagged = (activity: string, flag: number) => (): Partial<Steps> => ({
  minds: (given, member, json: Json) => !(given === activity && member === 'flag' && json['flag'] === flag),
});

const kit: readonly Mutant[] = [
  ...mutantsOf('v1-kit.body', {
    'other-order': misreading((body) => body.startsWith('{"timeStamp"')),
    spaced: misreading((body) => body.includes('\n')),
    chinese: misreading((body) => body.includes('😀')),
    escaped: misreading((body) => body.includes('\\u6d4b')),
    'blank-members': misreading((body) => body.includes('zBlank')),
    'unknown-member': refusing((json) => 'zNewMember' in json),
    'quoted-token': rewriting(
      ({ incoming }) => authTokens(incoming)[0]?.startsWith('"') === true,
      () => ({ resultCode: '000002', resultMsg: 'malformed' }),
    ),
    array: errorPage(({ incoming }) => incoming.body.toString().startsWith('[{'), 400),
    'invalid-utf8': errorPage(({ incoming }) => incoming.body.includes(0xff), 400),
  }),
  ...mutantsOf('v1-kit.schema', {
    'tenant-flag-outside': flagged('tenantSync', 2),
    'application-flag-outside': flagged('applicationSync', 2),
    'auth-flag-outside': flagged('authSync', 3),
    'department-flag-outside': flagged('singleOrgSync', 3),
    'auth-too-many': () => ({ minds: (_activity, member) => member !== 'userList' }),
    'auth-most': refusing(({ userList }) => String(userList).length > 20_000),
  }),
];

export const v1Mutants: readonly Mutant[] = [
  ...(['v1', 'v1-license', 'v1-kit'] as const).flatMap(everywhere),
  ...(['v1', 'v1-license'] as const).flatMap(inQuery),
  ...ofLife('v1', { refresh: 'refreshInstance', expire: 'expireInstance', release: 'releaseInstance' }),
  ...ofLife('v1-license', { refresh: 'refreshLicense', expire: 'expireLicense', release: 'releaseLicense' }),
  ...saas,
  ...license,
  ...kit,
  ...schemaMutants('v1', v1Tables),
  ...schemaMutants('v1-license', v1LicenseTables),
  ...schemaMutants('v1-kit', v1KitTables),
];
