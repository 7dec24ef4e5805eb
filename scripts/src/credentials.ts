import { randomBytes } from 'node:crypto';

/** Everything secret that the server and the marketplace share, as environment variables. Made anew at each call. */
export function makeCredentials(): Record<string, string> {
  const key = (id: string) => [{ id, secret: randomBytes(24).toString('base64url') }];
  const keys = {
    base: key('base-1'),
    license: key('license-1'),
    kit: key('kit-1'),
    general: key('general-1'),
    v1: key('v1-1'),
  };
  return {
    KOOBRIDGE_KEYS: JSON.stringify(keys),
    KOOBRIDGE_ADMIN_TOKEN: randomBytes(24).toString('base64url'),
    SELLER_AK: randomBytes(10).toString('hex').toUpperCase(),
    SELLER_SK: randomBytes(24).toString('base64url'),
  };
}

/** The server's credentials for the store's open APIs are the ones the marketplace accepts. */
export function storeCredentials(
  credentials: Readonly<Record<string, string>>,
  marketUrl: string,
): Record<string, string> {
  return {
    STORE_URL: marketUrl,
    STORE_AK: credentials['SELLER_AK'] ?? '',
    STORE_SK: credentials['SELLER_SK'] ?? '',
  };
}
