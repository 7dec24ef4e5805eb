import { randomUUID } from 'node:crypto';
import {
  type AccessKey,
  composeBody,
  type KeyClass,
  type KeyRings,
  keyClassOf,
  signToken,
  tokenQuery,
} from '@koobridge/contracts';
import type { Message } from './callbacks.ts';
import { newKey } from './credentials.ts';

/** What came back, and what every answer of a production path must be (R8). */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  readonly resultCode: string;
  readonly resultMsg: string;
  /** The whole answer, as JSON tells it. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What of a call differs from what the store would send. */
export interface Oddities {
  readonly key?: AccessKey;
  readonly timestamp?: number;
  readonly nonce?: string;
  /** The whole query, in place of the token. */
  readonly query?: string;
  /** Below the production address. */
  readonly subPath?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The store: signs with the first key of the activity's ring (R6), the license ring where there is no activity, and sends. */
export interface Store {
  /** The first key of the license ring. */
  readonly key: AccessKey;
  /** The query of a fresh token over a body. */
  query(body: string | Uint8Array, oddities?: Oddities): string;
  /** Sends a message as the store composes it, or a body exactly as given. */
  send(message: Message | string | Uint8Array, oddities?: Oddities): Promise<Answer>;
}

/** `production` is the whole production address; it is asked anew at each call, because a restart may change it. */
export function storeCalling(production: () => string, keys: KeyRings, now: () => number): Store {
  const first = (keyClass: KeyClass): AccessKey => keys[keyClass][0] ?? newKey('of a seller without any');
  const licenseKey = first('license');
  const keyOf = (body: string | Uint8Array): AccessKey => {
    const keyClass = keyClassOf(typeof body === 'string' ? body : new TextDecoder().decode(body));
    return keyClass === undefined || keyClass === 'license' ? licenseKey : first(keyClass);
  };
  const query = (body: string | Uint8Array, { key = keyOf(body), timestamp, nonce }: Oddities = {}): string =>
    tokenQuery(signToken({ accessKey: key.secret, body, timestamp: timestamp ?? now(), nonce: nonce ?? randomUUID() }));
  return {
    key: licenseKey,
    query,
    async send(message, oddities = {}) {
      const body = typeof message === 'string' || message instanceof Uint8Array ? message : composeBody(message);
      const { method = 'POST', subPath = '', headers = { 'Content-Type': 'application/json' } } = oddities;
      const response = await fetch(`${production()}${subPath}?${oddities.query ?? query(body, oddities)}`, {
        method,
        headers,
        // A copy, because fetch takes no bytes that may be shared.
        ...(method === 'GET' || method === 'HEAD'
          ? {}
          : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      });
      return readAnswer(response.status, response.headers.get('Content-Type'), await response.text());
    },
  };
}

export function readAnswer(status: number, contentType: string | null, text: string): Answer {
  const body = text === '' ? {} : JSON.parse(text);
  const { resultCode = '', resultMsg = '' } = body;
  return { status, contentType, text, resultCode, resultMsg, body };
}
