import { type KitHeaders, type KitToVerify, signKit } from '../../src/index.ts';
import { accessKey, nonce, now } from '../token/requests.ts';

export const body =
  '{"flag":1,"instanceId":"ins-0001","tenantId":"t-0001","testFlag":0,"timeStamp":"20250615150640123"}';

interface Changes {
  readonly accessKey?: string;
  readonly nonce?: string;
  readonly timestamp?: number;
  readonly body?: string | Uint8Array;
}

/** A signed Kit call as a receiver with the right key and clock takes it. */
export function signedCall(changes: Changes = {}): KitToVerify {
  const pieces = { accessKey, nonce, body, timestamp: now, ...changes };
  return {
    headers: asReceived(signKit(pieces)),
    body: Buffer.from(pieces.body),
    keys: [{ id: 'kit', secret: pieces.accessKey }],
    now,
  };
}

export const asReceived = (headers: KitHeaders): KitToVerify['headers'] => ({
  sign: headers['x-sign'],
  timestamp: headers['x-timestamp'],
  nonce: headers['x-nonce'],
});
