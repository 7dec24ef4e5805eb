import { saasTables } from '../../src/cases/saas/members.ts';
import { type Context, faithful, illegal, type Json, type Reply, type Steps } from '../reference/steps.ts';
import { errorPage } from './body.ts';
import { refusing } from './license.ts';
import { type Mutant, mutantsOf } from './mutant.ts';
import { schemaMutants } from './schema.ts';

const { lineKey, knows } = faithful;

/** Changes the JSON of some answers. */
export const rewriting =
  (when: (context: Context, answer: Json) => boolean, change: (answer: Json, context: Context) => Json) =>
  (): Partial<Steps> => ({
    afterwards(reply, context) {
      const answer: Json = JSON.parse(reply.body);
      return when(context, answer)
        ? ({ ...reply, body: JSON.stringify(change(answer, context)) } satisfies Reply)
        : reply;
    },
  });

const isDebugging = ({ json }: Context): boolean => json?.['testFlag'] === '1' || json?.['testFlag'] === 1;

/** Answers about one activity, of debugging calls or of real ones. */
const about =
  (name: string, debugging: boolean) =>
  (context: Context): boolean =>
    context.activity === name && isDebugging(context) === debugging;

/** Takes what is not there for there. */
const blind = (name: string) =>
  rewriting(
    ({ activity }, { resultCode }) => activity === name && resultCode === '000003',
    () => ({ resultCode: '000000', resultMsg: 'success.', info: [] }),
  );

export const without =
  (name: string) =>
  (answer: Json): Json =>
    Object.fromEntries(Object.entries(answer).filter(([member]) => member !== name));

const listOf = ({ info }: Json): readonly Json[] => (Array.isArray(info) ? info : []);

let drawn = 0;
const another = (): string => {
  drawn += 1;
  return `ins-${drawn}`;
};

export const saasMutants: readonly Mutant[] = [
  ...schemaMutants('saas', saasTables),
  ...mutantsOf('schema', {
    'query-too-many': () => ({
      minds: (_activity, member, json) =>
        member !== 'instanceId' || String(json['instanceId']).split(',').length <= 100,
    }),
    'query-gap': () => ({
      minds: (_activity, member, json) => member !== 'instanceId' || !String(json['instanceId']).includes(',,'),
    }),
    'create-longest-texts': refusing(({ orderId }) => String(orderId).length > 50),
    'check-one-product': refusing(({ productInfo }) => productInfo !== undefined && !Array.isArray(productInfo)),
  }),
  ...mutantsOf('create', {
    id: rewriting(about('newInstance', false), without('instanceId')),
    repeated: () => ({
      lineKey: (activity, json) => `${lineKey(activity, json)} ${json['businessId'] ?? ''}`,
      newInstanceId: ({ businessId }) => `ins-${businessId}`,
    }),
    '50-at-once': () => ({ lineGap: 300, newInstanceId: another }),
    'other-line': () => ({
      lineKey: (activity, { scene, orderId }) => [activity, scene, orderId].join(' '),
      newInstanceId: ({ orderId }) => `ins-${orderId}`,
    }),
  }),
  ...mutantsOf('query', {
    info: rewriting(about('queryInstance', false), (answer) => ({ ...answer, info: [] })),
    several: rewriting(about('queryInstance', false), (answer) => ({ ...answer, info: listOf(answer).slice(0, 1) })),
    members: rewriting(about('queryInstance', false), (answer) => ({
      ...answer,
      info: listOf(answer).map((each) => ({
        ...each,
        appInfo: { frontEndUrl: `https://example.com/${'x'.repeat(600)}` },
      })),
    })),
    hundred: refusing(({ instanceId }) => String(instanceId).split(',').length > 50),
  }),
  ...mutantsOf('idem', {
    'conflict-named': () => ({
      repeat: (applied, subject, json, life) => {
        const outcome = faithful.repeat(applied, subject, json, life);
        return outcome.code === '000002' ? illegal('another call') : outcome;
      },
    }),
    'upgrade-repeated': () => ({
      repeat: (applied, subject, json, life) =>
        json['activity'] === 'upgradeInstance' ? { code: '000005' } : faithful.repeat(applied, subject, json, life),
    }),
  }),
  ...mutantsOf('order', {
    'unknown-query': blind('queryInstance'),
    'unknown-refresh': blind('refreshInstance'),
    'unknown-status': blind('updateInstanceStatus'),
    'unknown-release': blind('releaseInstance'),
    'unknown-upgrade': blind('upgradeInstance'),
    'unknown-check': blind('changeInstanceCheck'),
    'query-after-release': () => ({
      knows: (kind, life) =>
        kind === 'instances' && life?.status === 'RELEASED' ? { ...life, status: 'ACTIVE' } : knows(kind, life),
    }),
    'upgrade-after-release': blind('upgradeInstance'),
    'create-after-release': () => {
      let releases = 0;
      return {
        lineKey: (activity, json) => `${lineKey(activity, json)} ${releases}`,
        newInstanceId: another,
        afterwards(reply, { activity }) {
          if (activity === 'releaseInstance') releases += 1;
          return reply;
        },
      };
    },
    upgrade: refusing((_json, activity) => activity === 'upgradeInstance'),
    'check-answered': errorPage(({ activity }) => activity === 'changeInstanceCheck'),
  }),
  ...mutantsOf('saas.debug', {
    'create-id': rewriting(about('newInstance', true), without('instanceId')),
    'create-same-id': rewriting(about('newInstance', true), (answer) => ({ ...answer, instanceId: another() })),
    'query-info': rewriting(about('queryInstance', true), (answer) => ({ ...answer, info: [] })),
    'no-trace': () => ({ debuggingTouches: (activity) => activity === 'newInstance' }),
    'real-after-debugging': () => {
      const debugged = new Set<unknown>();
      return {
        alsoRefuses(activity, json) {
          if (activity !== 'newInstance') return undefined;
          if (json['testFlag'] === '1') debugged.add(json['orderId']);
          else if (debugged.has(json['orderId'])) return 'the order exists';
          return undefined;
        },
      };
    },
  }),
];
