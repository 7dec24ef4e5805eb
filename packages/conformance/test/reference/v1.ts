import { setTimeout as pause } from 'node:timers/promises';
import {
  type AuthTokenRefusal,
  authTokenRefusalCode,
  bodySign,
  isV1ActivityName,
  type KitActivityName,
  signAuthToken,
  signAuthTokenBody,
  v1Activities,
  v1KitActivities,
  verifyAuthTokenBody,
  verifyAuthTokenQuery,
} from '@koobridge/contracts';
import { applyCall, type Memory } from './memory.ts';
import {
  type Context,
  type Incoming,
  illegal,
  type Json,
  type Outcome,
  type Reply,
  type Steps,
  success,
} from './steps.ts';

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What V1 calls by another name than 2.0. */
const successors: Readonly<Record<string, string>> = {
  expireInstance: 'updateInstanceStatus',
  instanceStatus: 'updateInstanceStatus',
  upgrade: 'upgradeInstance',
  getLicense: 'newInstance',
  refreshLicense: 'refreshInstance',
  expireLicense: 'updateInstanceStatus',
  releaseLicense: 'releaseInstance',
};

/** A GET, or a Kit path without its version: such answers are signed. */
export const isV1 = ({ method, subPath }: Incoming): boolean =>
  method === 'GET' || /^\/produceAPI\/(?!v2\/)/.test(subPath);

/** The retired V1 of the reference: a GET with every parameter in the query (R25). */
export async function answerV1(
  incoming: Incoming,
  steps: Steps,
  memory: Memory,
  context: Writable<Context>,
): Promise<Outcome> {
  if (!steps.takesQuery(incoming.query)) return illegal('a parameter is unknown');
  const json: Json = Object.fromEntries(new URLSearchParams(incoming.query.replaceAll('+', '%2B')));
  context.json = json;
  const named = steps.activityOf(json);
  const activity = isV1ActivityName(named) ? named : undefined;
  context.activity = activity;
  const [key = { id: '', secret: '' }] = steps.keysFor(context.keys, 'v1');
  context.rightSignature = signAuthToken(key.secret, Object.entries(json) as [string, string][]); // a query holds texts
  const verify = () =>
    verifyAuthTokenQuery({
      query: incoming.query,
      keys: steps.keysFor(context.keys, 'v1'),
      now: Date.now(),
      windowMs: steps.v1WindowMs,
    });
  const refused = await checkToken(verify, json, steps, memory, context);
  if (refused !== undefined) return refused;
  if (activity === undefined) return illegal('activity is unknown');
  const reading = v1Activities[activity].request.safeParse({ ...json, testFlag: steps.flagOf(json) });
  const fault = steps.alsoRefuses(activity, json) ?? firstFault(reading, activity, json, steps);
  if (fault !== undefined) return illegal(steps.tells(activity, fault));
  const line = json['chargingMode'] === '0' ? json['productId'] : json['expireTime'];
  const call = {
    ...json,
    orderLineId: activity === 'newInstance' || activity === 'getLicense' ? onDemand(json) : line,
  };
  if (steps.isDebugging(json)) {
    const instanceId = steps.newInstanceId(call);
    return successors[activity] === 'newInstance' || activity === 'newInstance'
      ? created({ ...success, more: { instanceId } }, activity, key.secret, steps)
      : success;
  }
  const status = activity.startsWith('expire') || json['instanceStatus'] === 'FREEZE' ? 'FREEZE' : 'UNFREEZE';
  const scene = Number(json['orderAmount'] ?? 0) < 0 ? 'UNSUBSCRIBE_RENEWAL_PERIOD' : 'RENEWAL';
  const successor = successors[activity] ?? activity;
  const outcome = await applyCall(successor, { ...call, status, scene, unfreezes: true }, Date.now(), steps, memory);
  return created(outcome, activity, key.secret, steps);
}

/** An on-demand order makes an instance for each product (R25). */
const onDemand = ({ chargingMode, productId }: Json): unknown => (chargingMode === '0' ? productId : '');

/** What a purchase is answered besides its instance. */
function created(outcome: Outcome, activity: string, key: string, steps: Steps): Outcome {
  const instanceId = outcome.more?.['instanceId'];
  if (instanceId === undefined) return outcome;
  const more =
    activity === 'getLicense'
      ? { license: `license of ${instanceId}` }
      : {
          encryptType: '1',
          appInfo: { frontEndUrl: 'https://example.com', userName: steps.v1Account('administrator', key) },
        };
  return { ...outcome, more: { ...outcome.more, ...more } };
}

/** Of longer bodies nobody looks for the right signature in an answer. */
const longestSecret = 65_536;

/** Its Kit: a POST whose token is a header, and signs the members of the body. */
export async function answerV1Kit(
  incoming: Incoming,
  activity: KitActivityName,
  text: string | undefined,
  json: Json | undefined,
  steps: Steps,
  memory: Memory,
  context: Writable<Context>,
): Promise<Outcome> {
  const keys = steps.keysFor(context.keys, 'v1');
  if (text !== undefined && json !== undefined && text.length < longestSecret)
    context.rightSignature = signAuthTokenBody(keys[0]?.secret ?? '', JSON.stringify(json));
  const verify = () =>
    verifyAuthTokenBody({
      authToken: authTokens(incoming).join(', '),
      body: incoming.body,
      keys,
      now: Date.now(),
      windowMs: steps.v1WindowMs,
    });
  const refused = await checkToken(verify, json ?? {}, steps, memory, context);
  if (refused !== undefined) return refused;
  if (text === undefined || json === undefined) return illegal('the body is no JSON object');
  const repeated = steps.findRepeated(text);
  if (repeated !== undefined) return illegal(`${repeated} occurs twice`);
  const reading = v1KitActivities[activity].request.safeParse({ ...json, testFlag: steps.flagOf(json) });
  const fault = steps.alsoRefuses(activity, json) ?? firstFault(reading, activity, json, steps);
  return fault === undefined ? success : illegal(steps.tells(activity, fault));
}

/** The authTokens of a call, wherever it carries them. */
export const authTokens = ({ method, query, rawHeaders }: Incoming): readonly string[] =>
  method === 'GET'
    ? new URLSearchParams(query.replaceAll('+', '%2B')).getAll('authToken')
    : rawHeaders.flatMap((each, at) =>
        at % 2 === 0 && each.toLowerCase() === 'authtoken' ? [rawHeaders[at + 1] ?? ''] : [],
      );

interface Reading {
  readonly success: boolean;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] } | undefined;
}

function firstFault({ error }: Reading, activity: string, json: Json, steps: Steps): string | undefined {
  const minded = error?.issues.find(({ path: [member] }) => steps.minds(activity, String(member), json));
  return minded === undefined ? undefined : minded.path.join('.');
}

type Verification =
  | { readonly ok: true; readonly nonce: string }
  | { readonly ok: false; readonly refusal: AuthTokenRefusal };

async function checkToken(
  verify: () => Verification,
  json: Json,
  steps: Steps,
  memory: Memory,
  context: Writable<Context>,
): Promise<Outcome | undefined> {
  if (!steps.checksDebuggingToken && steps.isDebugging(json)) return undefined;
  const refusal = await tokenRefusal(verify(), steps, memory, context.incoming);
  if (refusal === undefined) return undefined;
  context.refusedToken = true;
  return { code: authTokenRefusalCode(refusal), message: refusal };
}

async function tokenRefusal(
  verified: Verification,
  steps: Steps,
  memory: Memory,
  incoming: Incoming,
): Promise<AuthTokenRefusal | undefined> {
  // What the body says twice is found by a step of its own.
  if (!verified.ok && verified.refusal === 'member-repeated') return undefined;
  if (!verified.ok) return steps.v1Refuses(verified.refusal, incoming) ? verified.refusal : undefined;
  if (steps.v1Remembers && memory.nonces.has(verified.nonce)) return 'auth-token-replayed';
  if (steps.nonceGap > 0) await pause(steps.nonceGap);
  memory.nonces.add(verified.nonce);
  return undefined;
}

/** Signs an answer, as every answer of V1 is. */
export function signed(reply: Reply, { keys, refusedToken }: Context, steps: Steps): Reply {
  const [key] = keys.v1;
  const header =
    key === undefined ? undefined : steps.v1Signs(bodySign(key.secret, reply.body), refusedToken, reply.body);
  return header === undefined ? reply : { ...reply, headers: { ...reply.headers, ...header } };
}
