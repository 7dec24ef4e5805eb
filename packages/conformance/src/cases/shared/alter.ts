import { createHmac } from 'node:crypto';

/** The signature with one hex digit changed, the last unless told otherwise. */
export function altered(signature: string, at = signature.length - 1): string {
  const digit = signature[at] === '0' ? '1' : '0';
  return signature.slice(0, at) + digit + signature.slice(at + 1);
}

/** The documented formula with another outer step; `innerKey` is the key of the inner one. */
export const resigned =
  (outer: (key: string, signed: string) => string, innerKey?: string) =>
  (key: string, nonce: string, timestamp: string, payload: Uint8Array): string => {
    const inner = createHmac('sha256', innerKey ?? key)
      .update(payload)
      .digest('hex');
    return outer(key, `${innerKey ?? key}${nonce}${timestamp}${inner}`);
  };
