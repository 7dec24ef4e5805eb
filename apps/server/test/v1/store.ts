import {
  type AccessKey,
  authTokenQuery,
  type BodySignVerification,
  composeBody,
  type KitActivityName,
  signAuthTokenBody,
  v1KitPath,
  verifyBodySign,
} from '@koobridge/contracts';
import { newKey } from '../credentials.ts';
import type { Called } from '../kit/store.ts';
import { type Answer, readAnswer } from '../store.ts';

export type Parameters = Readonly<Record<string, string>>;

/** An answer of V1, with what the store makes of its `Body-Sign` over the bytes that came. */
export interface V1Answer extends Answer {
  readonly bodySign: BodySignVerification;
  readonly json: Readonly<Record<string, unknown>>;
}

/** What of a call differs from what the store would send. */
export interface V1Oddities {
  readonly key?: AccessKey;
  /** In place of the next moment; milliseconds since the epoch. */
  readonly time?: number;
  /** The whole query, in place of the signed one. */
  readonly query?: string;
  readonly method?: string;
  /** The header of a Kit call, in place of the signed one. */
  readonly authToken?: string | null;
  /** Below the production address. */
  readonly subPath?: string;
}

/** The store as the retired V1 has it; each call is a moment later than the one before, as no token serves twice. */
export interface V1Store {
  readonly key: AccessKey;
  /** The signed query of a call, with a `timeStamp` unless it is given. */
  query(parameters: Parameters, oddities?: V1Oddities): string;
  get(parameters: Parameters, oddities?: V1Oddities): Promise<V1Answer>;
  /** A Kit call: a message as the store composes it, with a `timeStamp` unless it is given, or a body as it is. */
  post(name: KitActivityName, message: object | string, oddities?: V1Oddities): Promise<V1Answer>;
}

/** `yyyyMMddHHmmssSSS` of an instant in UTC. */
export const timeStampOf = (instant: number): string => new Date(instant).toISOString().replace(/\D/g, '');

/** What the Kit's `timeStamp` is ahead of UTC. */
export const beijing = 8 * 3_600_000;

let moments = 0;

export function v1Store(seller: Called): V1Store {
  const [v1Key = newKey('of a seller without any')] = seller.config.keys.v1;
  const timeOf = ({ time }: V1Oddities): number => {
    moments += 1;
    return time ?? seller.clock.now + moments;
  };
  const query: V1Store['query'] = (parameters, oddities = {}) => {
    const timed = { timeStamp: timeStampOf(timeOf(oddities)), ...parameters };
    return authTokenQuery((oddities.key ?? v1Key).secret, Object.entries(timed));
  };
  const read = async (response: Response): Promise<V1Answer> => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = Buffer.from(bytes).toString();
    return {
      ...readAnswer(response.status, response.headers.get('Content-Type'), text),
      bodySign: verifyBodySign(response.headers.get('Body-Sign') ?? undefined, bytes, seller.config.keys.v1),
      json: text === '' ? {} : JSON.parse(text),
    };
  };
  const production = () => seller.url + seller.config.productionPath;
  return {
    key: v1Key,
    query,
    get: async (parameters, oddities = {}) => {
      const { method = 'GET', subPath = '' } = oddities;
      return read(
        await fetch(`${production()}${subPath}?${oddities.query ?? query(parameters, oddities)}`, { method }),
      );
    },
    async post(name, message, oddities = {}) {
      const { method = 'POST', subPath = v1KitPath('', name) } = oddities;
      const timed = (given: object) => ({ timeStamp: timeStampOf(timeOf(oddities) + beijing), ...given });
      const body = typeof message === 'string' ? message : composeBody(timed(message));
      const { authToken = signAuthTokenBody((oddities.key ?? v1Key).secret, body) } = oddities;
      const headers = { 'Content-Type': 'application/json', ...(authToken === null ? {} : { authToken }) };
      return read(await fetch(production() + subPath, { method, headers, ...(method === 'GET' ? {} : { body }) }));
    },
  };
}
