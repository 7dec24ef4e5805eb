import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type AccessKey, type KeyClass, type KeyRings, keyClasses } from '@koobridge/contracts';
import { readSettings } from '../../settings.ts';
import { type Misuse, misuse } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** Which keys a command signs or explains with. No message repeats one. */

/** Where `npx -y pnpm@12 start` keeps the keys it made. */
const startFile = '.koobridge/start.env';

export type KeySettings =
  | { readonly ok: true; readonly keys: KeyRings; readonly productionAddress: string }
  | ({ readonly ok: false } & Misuse);

/**
 * The settings from the environment; keys, where it names none, from the file of `start` or from the file that `key`
 * names. `to` is another production address.
 */
export function keySettings(
  { variables }: Terminal,
  { to, key }: { readonly to?: string | undefined; readonly key?: string | undefined },
): KeySettings {
  const KOOBRIDGE_KEYS = variables['KOOBRIDGE_KEYS'] || keysOfStart() || (key === undefined ? undefined : keysIn(key));
  const reading = readSettings({ KOOBRIDGE_KEYS, PRODUCTION_ADDRESS: to ?? variables['PRODUCTION_ADDRESS'] });
  return reading.ok ? { ok: true, ...reading.settings } : { ok: false, ...misuse(`${reading.errors.join('; ')}.`) };
}

function keysIn(file: string): string | undefined {
  const secret = firstLine(file);
  return secret === undefined ? undefined : JSON.stringify({ base: [{ id: 'file', secret }] });
}

/** `undefined` for a file that cannot be read, and for one that has no first line. */
function firstLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] || undefined;
  } catch {
    return undefined;
  }
}

export function keysOfStart(): string | undefined {
  try {
    return parseEnv(readFileSync(startFile, 'utf8'))['KOOBRIDGE_KEYS'];
  } catch {
    return undefined;
  }
}

export type KeyChoice = { readonly ok: true; readonly key: AccessKey } | ({ readonly ok: false } & Misuse);

/**
 * The key to sign with: the first of the class; or the one that `wanted` names by its id, in this class or another; or
 * the first line of the file of that name.
 */
export function chooseKey(keys: KeyRings, keyClass: KeyClass, wanted: string | undefined): KeyChoice {
  const ring = keys[keyClass];
  const [first] = ring;
  if (wanted === undefined) {
    return first === undefined
      ? no(`KOOBRIDGE_KEYS has no key of the class "${keyClass}", with which this is signed`)
      : { ok: true, key: first };
  }
  const known = [ring, ...keyClasses.map((name) => keys[name])].flat().find(({ id }) => id === wanted);
  if (known !== undefined) return { ok: true, key: known };
  const secret = firstLine(wanted);
  return secret === undefined
    ? no('what --key names is neither the id of a key in KOOBRIDGE_KEYS nor a file whose first line is a key')
    : { ok: true, key: { id: 'file', secret } };
}

const no = (problem: string): { readonly ok: false } & Misuse => ({ ok: false, ...misuse(`${problem}.`) });
