import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AccessKey,
  activities,
  isActivityName,
  isKitActivityName,
  type KeyClass,
  type KeyRings,
  kitActivities,
} from '@koobridge/contracts';
import { applyCall, forget, type Memory, newMemory } from './memory.ts';
import {
  type Context,
  type Formula,
  faithful,
  hmac,
  type Incoming,
  illegal,
  type Json,
  newLife,
  type Outcome,
  type Reply,
  type Steps,
  success,
  type Token,
} from './steps.ts';
import { answerV1, answerV1Kit, isV1, signed } from './v1.ts';

export interface ReferenceSeller {
  readonly url: string;
  /** Where the state probe answers. */
  readonly probe: string;
  /** Everything logged so far. */
  log(): string;
  /** Forgets what does not survive a restart. */
  restart(): void;
  stop(): Promise<void>;
}

interface ReferenceOptions {
  /** License codes that it knows from the beginning. */
  readonly knownCodes?: readonly string[];
  /** Serves HTTPS, with this certificate and key in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const productionPath = '/production';

/** A small seller's server that does every step as the rulings have it, or one of them otherwise. In memory, on a free port. */
export async function startReference(
  keys: KeyRings,
  altered: Partial<Steps> = {},
  { knownCodes = [], tls }: ReferenceOptions = {},
): Promise<ReferenceSeller> {
  const steps: Steps = { ...faithful, ...altered };
  const memory = newMemory();
  for (const code of knownCodes) memory.licenses.set(code, newLife);
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(request, response, steps, memory, keys);
  };
  const options = { keepAlive: true };
  const server =
    tls === undefined ? createServer(options, listener) : createTlsServer({ ...options, ...tls }, listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // a server on a TCP port has such an address
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    url: `${origin}${productionPath}`,
    probe: `${origin}/probe`,
    log: () => memory.log.join('\n'),
    restart() {
      server.closeAllConnections();
      forget(memory, steps);
    },
    stop: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, steps: Steps, memory: Memory, keys: KeyRings) {
  const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
  if (path.startsWith('/probe/')) return probe(response, memory, path);
  const body = await readBody(request, steps);
  if (body === 'gone') return request.destroy();
  const incoming: Incoming = {
    method: request.method ?? '',
    subPath: path.slice(productionPath.length),
    query,
    rawHeaders: request.rawHeaders,
    body: body === 'too-long' ? Buffer.alloc(0) : body,
  };
  const context: { -readonly [Name in keyof Context]: Context[Name] } = {
    incoming,
    v1: isV1(incoming),
    keys,
    json: undefined,
    activity: undefined,
    refusedToken: false,
    rightSignature: '',
  };
  let outcome: Outcome;
  try {
    outcome = body === 'too-long' ? illegal('too long') : await answer(incoming, steps, memory, keys, context);
  } catch {
    outcome = { code: '000005', message: 'internal error' };
  }
  const { code, message = 'success.', more } = outcome;
  const plain: Reply = {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ resultCode: code, resultMsg: message, ...more }),
  };
  memory.log.push(steps.logs(context));
  const changed = await steps.afterwards(plain, context);
  const reply = context.v1 ? signed(changed, context, steps) : changed;
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

async function readBody(request: IncomingMessage, steps: Steps): Promise<Buffer | 'too-long' | 'gone'> {
  if (!steps.chunkedBodies && request.headers['transfer-encoding'] !== undefined) return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request) {
      length += piece.length;
      if (steps.longestBody === undefined || length <= steps.longestBody) pieces.push(piece);
      if (steps.reads === 'first-packet') break;
      if (steps.reads === 'until-it-parses' && steps.parse(Buffer.concat(pieces).toString()) !== undefined) break;
    }
  } catch {
    return 'gone';
  }
  return steps.longestBody !== undefined && length > steps.longestBody ? 'too-long' : Buffer.concat(pieces);
}

async function answer(
  incoming: Incoming,
  steps: Steps,
  memory: Memory,
  keys: KeyRings,
  context: { -readonly [Name in keyof Context]: Context[Name] },
): Promise<Outcome> {
  const { method, subPath, query, body } = incoming;
  if (method === 'GET' && subPath === '') return answerV1(incoming, steps, memory, context);
  if (!steps.takesMethod(method)) return illegal('the method must be POST');
  const [, v2, kitName] = /^\/produceAPI\/(v2\/)?(\w+)$/.exec(subPath) ?? [];
  if (subPath !== '' && !isKitActivityName(kitName)) return illegal('nothing is served here');
  const isKit = isKitActivityName(kitName);
  if (!steps.takesEncoding(header(incoming, 'content-encoding'))) return illegal('the body must not be compressed');
  if (!steps.takesType(header(incoming, 'content-type'))) return illegal('the type must be application/json');
  if (!steps.takesQuery(query)) return illegal('a parameter is unknown');
  const text = steps.decode(body);
  const json = text === undefined ? undefined : steps.parse(text);
  context.json = json;
  const named = isKit ? kitName : json === undefined ? undefined : steps.activityOf(json);
  const activity = isKit || isActivityName(named) ? String(named) : undefined;
  context.activity = activity;
  if (isKit && v2 === undefined) return answerV1Kit(incoming, kitName, text, json, steps, memory, context);
  if (steps.actsFirst && activity !== undefined && json !== undefined)
    await act(activity, json, 0, steps, memory, isKit);

  const skipsToken = !steps.checksDebuggingToken && json !== undefined && steps.isDebugging(json);
  let timestamp = Date.now();
  if (!skipsToken) {
    const keyClass = classOf(activity, isKit);
    const token = isKit ? carriedInHeaders(incoming) : steps.carriedInQuery(query);
    const refusal = await checkToken(
      token,
      isKit ? kitFormula : baseFormula,
      keyClass,
      body,
      steps,
      memory,
      keys,
      context,
    );
    if (refusal !== undefined) {
      context.refusedToken = true;
      return refusal;
    }
    timestamp = Number(steps.pick(token.timestamp));
  }
  if (text === undefined || json === undefined) return illegal('the body is no JSON object');
  const repeated = steps.findRepeated(text);
  if (repeated !== undefined && !(kitName === 'singleOrgSync' && repeated === 'instanceId'))
    return illegal(`${repeated} occurs twice`);
  if (activity === undefined) return illegal('activity is unknown');
  return act(activity, json, timestamp, steps, memory, isKit);
}

async function act(
  activity: string,
  json: Json,
  timestamp: number,
  steps: Steps,
  memory: Memory,
  isKit: boolean,
): Promise<Outcome> {
  const debugging = steps.isDebugging(json);
  if (!debugging || steps.checksDebuggingSchema) {
    const fault = findFault(activity, json, steps, isKit);
    if (fault !== undefined) {
      if (steps.remembersRefusals) memory.refusedLines.add(steps.lineKey(activity, json));
      return illegal(steps.tells(activity, fault).slice(0, 255));
    }
  }
  if (memory.refusedLines.has(steps.lineKey(activity, json))) return illegal('refused before');
  if (debugging && !steps.debuggingTouches(activity)) return debuggingAnswer(activity, json, steps);
  return isKit ? success : applyCall(activity, json, timestamp, steps, memory);
}

function debuggingAnswer(activity: string, json: Json, steps: Steps): Outcome {
  if (activity === 'newInstance') return { ...success, more: { instanceId: steps.newInstanceId(json) } };
  if (activity !== 'queryInstance') return success;
  const info = String(json['instanceId'])
    .split(',')
    .map((instanceId) => ({ instanceId, appInfo: { frontEndUrl: 'https://example.com' } }));
  return { ...success, more: { info } };
}

function findFault(activity: string, json: Json, steps: Steps, isKit: boolean): string | undefined {
  const schema =
    isKit && isKitActivityName(activity)
      ? kitActivities[activity].request
      : isActivityName(activity)
        ? activities[activity].request
        : undefined;
  const flagged = { ...json, testFlag: steps.flagOf(json) };
  const reading = schema?.safeParse(flagged);
  const refusal = steps.alsoRefuses(activity, json);
  if (refusal !== undefined || reading === undefined || reading.success) return refusal;
  const issue = reading.error.issues.find(({ path: [member] }) => steps.minds(activity, String(member), json));
  return issue === undefined ? undefined : `${issue.path.join('.')} ${issue.message}`;
}

async function checkToken(
  token: Token,
  documented: Formula,
  keyClass: KeyClass | undefined,
  body: Buffer,
  steps: Steps,
  memory: Memory,
  keys: KeyRings,
  context: { rightSignature: string },
): Promise<Outcome | undefined> {
  const [signature, timestamp, nonce] = [
    steps.pick(token.signature),
    steps.pick(token.timestamp),
    steps.pick(token.nonce),
  ];
  const tried = steps.keysFor(keys, keyClass);
  context.rightSignature = documented(tried[0]?.secret ?? '', nonce, timestamp, body);
  if (!steps.wellFormed(token)) return illegal('the token is malformed');
  if (!steps.isFresh(timestamp, Date.now())) return { code: '000001', message: 'stale' };
  const signer = tried.find((key) => signedBy(key, signature, timestamp, nonce, documented, body, steps));
  if (signer === undefined) {
    if (steps.burnsUnverified)
      for (const key of tried) memory.nonces.add(`${steps.nonceIdentity(key, nonce, timestamp, body)}`);
    return { code: '000001', message: 'wrong signature' };
  }
  const identity = steps.nonceIdentity(signer, nonce, timestamp, body);
  if (identity === undefined) return undefined;
  if (memory.nonces.has(identity)) return { code: '000001', message: 'replayed' };
  if (steps.nonceGap > 0) await pause(steps.nonceGap);
  memory.nonces.add(identity);
  return undefined;
}

const signedBy = (
  key: AccessKey,
  signature: string,
  timestamp: string,
  nonce: string,
  documented: Formula,
  body: Buffer,
  steps: Steps,
): boolean =>
  steps
    .payloads(body)
    .some((payload) =>
      steps
        .formulas(documented)
        .some((formula) => steps.isEqual(signature, formula(key.secret, nonce, timestamp, payload), key)),
    );

const baseFormula: Formula = (key, nonce, timestamp, payload) =>
  hmac(key, `${key}${nonce}${timestamp}${hmac(key, payload)}`);
const kitFormula: Formula = (key, nonce, timestamp, payload) =>
  hmac(key, Buffer.concat([Buffer.from(`${key}${nonce}${timestamp}`), payload]));

const classOf = (activity: string | undefined, isKit: boolean): KeyClass | undefined =>
  isKit ? 'kit' : isActivityName(activity) ? activities[activity].keyClass : undefined;

const carriedInHeaders = (incoming: Incoming): Token => {
  const of = (name: string) => headers(incoming, name).map((value) => Buffer.from(value, 'latin1').toString());
  return { signature: of('x-sign'), timestamp: of('x-timestamp'), nonce: of('x-nonce') };
};

const headers = ({ rawHeaders }: Incoming, name: string): string[] =>
  rawHeaders.flatMap((each, at) => (at % 2 === 0 && each.toLowerCase() === name ? [rawHeaders[at + 1] ?? ''] : []));

const header = (incoming: Incoming, name: string): string | undefined => headers(incoming, name)[0];

function probe(response: ServerResponse, memory: Memory, path: string): void {
  const [, kind = '', id = ''] = /^\/probe\/(licenses|instances)\/(.*)$/.exec(path) ?? [];
  const life = kind === 'licenses' || kind === 'instances' ? memory[kind].get(decodeURIComponent(id)) : undefined;
  response.writeHead(life === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
  const state = life && {
    status: life.status,
    expiresAt: life.expiresAt === null ? null : new Date(life.expiresAt).toISOString(),
  };
  response.end(JSON.stringify(state ?? {}));
}

function splitOnce(text: string, at: string): [string, string] {
  const found = text.indexOf(at);
  return found === -1 ? [text, ''] : [text.slice(0, found), text.slice(found + 1)];
}
