import {
  authTokenQuery,
  composeBody,
  signAuthTokenBody,
  type V1ActivityName,
  v1Activities,
  v1KitActivities,
  v1KitPath,
} from '@koobridge/contracts';
import type { Terminal } from '../terminal.ts';
import {
  draw,
  type Manner,
  no,
  type Refused,
  readManner,
  type SignedRequest,
  settled,
  unknownActivity,
  type Wish,
} from './compose.ts';
import { corrupt } from './corrupt.ts';
import { chooseKey, keySettings } from './keys.ts';
import { documentedQuery, documentedV1Kit, type V1KitName } from './v1-bodies.ts';

const isQueryName = (name: string): name is V1ActivityName => Object.hasOwn(v1Activities, name);
const isKitName = (name: string): name is V1KitName => Object.hasOwn(v1KitActivities, name);

/** A request of the retired V1, signed: a query, or a Kit call with its token in a header. */
export function composeV1(
  name: string,
  wish: Wish,
  terminal: Terminal,
): { readonly ok: true; readonly request: SignedRequest } | Refused {
  if (!isQueryName(name) && !isKitName(name)) {
    return no(unknownActivity(name, [...Object.keys(v1Activities), ...Object.keys(v1KitActivities)]));
  }
  if (wish.body !== undefined) return no('--body is for calls of 2.0: use --set');
  const manner = readManner(wish);
  if (!manner.ok) return manner;
  if (manner.corruption === 'nonce') return no('a call of V1 has no nonce');
  const settings = keySettings(terminal, wish);
  if (!settings.ok) return settings;
  const choice = chooseKey(settings.keys, 'v1', wish.key);
  if (!choice.ok) return choice;
  const ingredients = { now: terminal.now() + manner.offset, draw, testFlag: wish['test-flag'] ?? false };
  const address = settings.productionAddress;
  const { secret } = choice.key;
  const request = isQueryName(name)
    ? queryRequest(address, secret, settled(documentedQuery(name, ingredients), manner))
    : kitRequest(v1KitPath(address, name), secret, settled(documentedV1Kit(name, ingredients), manner));
  return { ok: true, request: corrupted(request, manner) };
}

function queryRequest(address: string, secret: string, members: unknown): SignedRequest {
  const parameters = Object.entries(Object(members))
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const);
  return { method: 'GET', url: `${address}?${authTokenQuery(secret, parameters)}`, headers: {}, body: '' };
}

function kitRequest(url: string, secret: string, members: unknown): SignedRequest {
  const body = composeBody(Object(members));
  const headers = { 'Content-Type': 'application/json;charset=utf8', authToken: signAuthTokenBody(secret, body) };
  return { method: 'POST', url, headers, body };
}

const corrupted = (request: SignedRequest, { corruption }: Manner): SignedRequest =>
  corruption === undefined ? request : corrupt(request, corruption);
