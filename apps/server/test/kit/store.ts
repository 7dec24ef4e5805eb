import { randomUUID } from 'node:crypto';
import { type AccessKey, composeBody, type KitActivityName, kitPath, signKit } from '@koobridge/contracts';
import type { Config } from '../../src/config/config.ts';
import type { Message } from '../callbacks.ts';
import { newKey } from '../credentials.ts';
import { type Answer, readAnswer } from '../store.ts';

/** The server that is called: a `Seller`, or one that runs as a process. */
export interface Called {
  readonly url: string;
  readonly config: Pick<Config, 'keys' | 'productionPath'>;
  /** Milliseconds since the epoch. */
  readonly clock: { readonly now: number };
}

/** What of a Kit call differs from what the store would send. */
export interface KitOddities {
  readonly key?: AccessKey;
  readonly timestamp?: number;
  readonly nonce?: string;
  /** In place of the headers that sign. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Below the production address, in place of the interface's own. */
  readonly subPath?: string;
  readonly method?: string;
}

/** The store's Kit: signs in headers with the first key of the ring `kit`. */
export interface KitStore {
  readonly key: AccessKey;
  headers(body: string | Uint8Array, oddities?: KitOddities): Readonly<Record<string, string>>;
  /** Sends a message as the store composes it, or a body exactly as given. */
  send(name: KitActivityName, message: Message | string | Uint8Array, oddities?: KitOddities): Promise<Answer>;
}

export function kitStore(seller: Called): KitStore {
  const [kitKey = newKey('of a seller without any')] = seller.config.keys.kit;
  const headers = (body: string | Uint8Array, { key = kitKey, timestamp, nonce }: KitOddities = {}) => ({
    ...signKit({
      accessKey: key.secret,
      body,
      timestamp: timestamp ?? seller.clock.now,
      nonce: nonce ?? randomUUID(),
    }),
  });
  return {
    key: kitKey,
    headers,
    async send(name, message, oddities = {}) {
      const body = typeof message === 'string' || message instanceof Uint8Array ? message : composeBody(message);
      const { method = 'POST', subPath = kitPath('', name) } = oddities;
      const response = await fetch(`${seller.url}${seller.config.productionPath}${subPath}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...(oddities.headers ?? headers(body, oddities)) },
        // A copy, because fetch takes no bytes that may be shared.
        ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      });
      return readAnswer(response.status, response.headers.get('Content-Type'), await response.text());
    },
  };
}
