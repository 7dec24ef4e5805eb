import {
  type AccessKey,
  composeBody,
  formatStoreTime,
  type KeyRings,
  keyClassOf,
  signToken,
  tokenQuery,
} from '@koobridge/contracts';
import * as store from '../callbacks.ts';
import type { Life, Operation } from './lives.ts';

/** One HTTP request, signed. */
export interface SignedRequest {
  readonly head: string;
  readonly body: string;
  readonly nonce: string;
  readonly timestamp: number;
}

/** An operation as the store sends it. `businessId` is another at each attempt of a purchase (R15). */
export function messageOf(operation: Operation, of: Life['of'], subject: string, businessId: string): store.Message {
  const isLicense = of === 'license';
  switch (operation.kind) {
    case 'buy': {
      const { orderId, orderLineId } = operation;
      return store.purchase({ orderId, orderLineId, businessId });
    }
    case 'refresh': {
      const { scene, orderId, orderLineId, expiresAt } = operation;
      const refresh = isLicense ? store.renewal : store.refreshInstance;
      return refresh(subject, formatStoreTime(expiresAt), { scene, orderId, orderLineId });
    }
    case 'status':
      return (isLicense ? store.statusChange : store.instanceStatus)(subject, operation.status);
    case 'release':
      return (isLicense ? store.release : store.releaseInstance)(subject);
    case 'upgrade': {
      const { orderId, orderLineId } = operation;
      return store.upgrade(subject, { orderId, orderLineId });
    }
    case 'query':
      return store.query(subject);
  }
}

/** Signs with the key of the message's class; `forged` with one that nobody gave out. */
export function signed(
  message: store.Message,
  keys: KeyRings,
  token: { readonly nonce: string; readonly timestamp: number; readonly forged?: boolean },
): SignedRequest {
  const body = composeBody(message);
  const key: AccessKey | undefined = keys[keyClassOf(body) ?? 'base'][0];
  const accessKey = token.forged === true || key === undefined ? 'not a key of this seller' : key.secret;
  const query = tokenQuery(signToken({ accessKey, body, timestamp: token.timestamp, nonce: token.nonce }));
  const head = [
    `POST /production?${query} HTTP/1.1`,
    'Host: seller',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return { head: `${head.join('\r\n')}\r\n\r\n`, body, nonce: token.nonce, timestamp: token.timestamp };
}
