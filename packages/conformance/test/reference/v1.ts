import {
  type AuthTokenRefusal,
  authTokenRefusalCode,
  bodySign,
  isV1ActivityName,
  v1Activities,
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

/** What V1 calls by another name than 2.0. */
const successors: Readonly<Record<string, string>> = {
  expireInstance: 'updateInstanceStatus',
  instanceStatus: 'updateInstanceStatus',
  upgrade: 'upgradeInstance',
};

/** The retired V1 of the reference: a GET with every parameter in the query (R25). */
export async function answerV1(
  incoming: Incoming,
  steps: Steps,
  memory: Memory,
  context: { -readonly [Name in keyof Context]: Context[Name] },
): Promise<Outcome> {
  const json: Json = Object.fromEntries(new URLSearchParams(incoming.query.replaceAll('+', '%2B')));
  context.json = json;
  const named = steps.activityOf(json);
  const activity = isV1ActivityName(named) ? named : undefined;
  context.activity = activity;
  const skipsToken = !steps.checksDebuggingToken && steps.isDebugging(json);
  const refusal = skipsToken ? undefined : checkToken(incoming, steps, memory, context);
  if (refusal !== undefined) {
    context.refusedToken = true;
    return { code: authTokenRefusalCode(refusal), message: refusal };
  }
  if (activity === undefined) return illegal('activity is unknown');
  const reading = v1Activities[activity].request.safeParse({ ...json, testFlag: steps.flagOf(json) });
  const fault =
    steps.alsoRefuses(activity, json) ?? (reading.success ? undefined : String(reading.error.issues[0]?.path));
  if (fault !== undefined) return illegal(fault);
  if (steps.isDebugging(json)) {
    return activity === 'newInstance' ? { ...success, more: { instanceId: steps.newInstanceId(json) } } : success;
  }
  const status = activity === 'expireInstance' ? 'FREEZE' : json['instanceStatus'];
  return applyCall(successors[activity] ?? activity, { ...json, status, scene: 'RENEWAL' }, Date.now(), steps, memory);
}

function checkToken(incoming: Incoming, steps: Steps, memory: Memory, { keys }: Context): AuthTokenRefusal | undefined {
  const verified = verifyAuthTokenQuery({
    query: incoming.query,
    keys: steps.keysFor(keys, 'v1'),
    now: Date.now(),
    windowMs: steps.v1WindowMs,
  });
  if (!verified.ok) return steps.v1Refuses(verified.refusal, incoming.query) ? verified.refusal : undefined;
  if (steps.v1Remembers && memory.nonces.has(verified.nonce)) return 'auth-token-replayed';
  memory.nonces.add(verified.nonce);
  return undefined;
}

/** Signs an answer, as every answer of V1 is. */
export function signed(reply: Reply, { keys, refusedToken }: Context, steps: Steps): Reply {
  const [key] = keys.v1;
  const header = key === undefined ? undefined : steps.v1Signs(bodySign(key.secret, reply.body), refusedToken);
  return header === undefined ? reply : { ...reply, headers: { ...reply.headers, ...header } };
}
