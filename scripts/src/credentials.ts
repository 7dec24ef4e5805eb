import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';

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
    STORAGE_KEY: randomBytes(32).toString('base64'),
    SELLER_AK: randomBytes(10).toString('hex').toUpperCase(),
    SELLER_SK: randomBytes(24).toString('base64url'),
  };
}

/**
 * Reads the credentials that are kept in a file of variables, and adds those that it does not have: all of them on the
 * first run, later what a newer version needs. What is there stays as it is. The file is its owner's alone.
 */
export function keptCredentials(file: string): Record<string, string> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const kept = parseEnv(before);
  const missing = Object.entries(makeCredentials()).filter(([name]) => !(name in kept));
  if (missing.length > 0) {
    mkdirSync(dirname(file), { recursive: true });
    const lines = missing.map(([name, value]) => `${name}='${value}'\n`).join('');
    appendFileSync(file, before === '' || before.endsWith('\n') ? lines : `\n${lines}`, { mode: 0o600 });
  }
  const all = Object.entries({ ...Object.fromEntries(missing), ...kept });
  return Object.fromEntries(all.map(([name, value]) => [name, value ?? '']));
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
