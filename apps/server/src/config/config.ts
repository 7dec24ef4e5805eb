import type { KeyObject } from 'node:crypto';
import { type KeyRings, type Reading, readings } from '@koobridge/contracts';
import type * as z from 'zod';
import type { Handlers } from '../handlers/handlers.ts';
import type { DatabaseAddress } from '../ledger/open.ts';
import type { ConfigFile } from './config-file.ts';
import { settings } from './settings.ts';
import { Variables } from './variables.ts';

/** Everything the server can be told, checked at start. Shapes and defaults are the table of docs/configuration.md. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseAddress;
  /** 32 bytes that seal credentials and personal data in the database (R27). */
  readonly storageKey: Uint8Array;
  readonly keys: KeyRings;
  /** The RSA key that opens `clientSecret` (R26). */
  readonly kitPrivateKey: KeyObject | undefined;
  readonly productionPath: string;
  readonly adminToken: string;
  /** IANA name; the zone of `expireTime` (R13). */
  readonly storeTimeZone: string;
  /** The readings of a payload that are accepted (R4). */
  readonly tokenReadings: readonly Reading[];
  /** Whether a License code seen for the first time is taken in (R19). */
  readonly adoptLicenses: boolean;
  /** Whether a renewal also unfreezes (R17). */
  readonly renewalUnfreezes: boolean;
  /** Whether `newInstance` is answered `000004` while the instance is made; only for products whose instances the store queries. */
  readonly asynchronousCreate: boolean;
  /** Days for which receipts are kept; order lines and state stay for ever. */
  readonly receiptDays: number;
  /** The retired interfaces, and how far their `timeStamp` may lie from now, to either side (R25). */
  readonly v1: { readonly enabled: boolean; readonly windowMs: number };
  /** Where events are sent, and the Standard Webhooks secret, with its prefix, that signs them. */
  readonly events: { readonly url: string; readonly secret: string } | undefined;
  /** The store's open APIs; absent when the seller gave no credentials. */
  readonly store: StoreAccess | undefined;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** The seller's own code; empty when there is no configuration file. */
  readonly handlers: Handlers;
}

export interface StoreAccess {
  /** Scheme and host alone. */
  readonly url: string;
  /** Asked when `url` cannot be reached. */
  readonly fallbackUrl: string | undefined;
  readonly ak: string;
  readonly sk: string;
}

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Names that mean something only all together. */
const groups = [
  ['EVENTS_URL', 'EVENTS_SECRET'],
  ['STORE_URL', 'STORE_AK', 'STORE_SK'],
];

/**
 * Reads the configuration from environment variables and what `loadConfigFile` found; the environment wins. Reports
 * every problem at once, by name, never with a value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, file: ConfigFile = {}): ConfigReading {
  const { set, problems: ofFile } = settings(env, file);
  const parsed = Variables.safeParse(set);
  const problems = [
    ...ofFile,
    ...(parsed.success
      ? []
      : parsed.error.issues.filter((issue) => !isTold(issue, ofFile)).map((issue) => say(issue, set))),
    ...groups.filter((names) => isPartial(names, set)).map(goTogether),
  ];
  if (set['STORE_FALLBACK_URL'] !== undefined && set['STORE_URL'] === undefined) {
    problems.push('STORE_FALLBACK_URL says nothing without STORE_URL');
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: { ...config(parsed.data), handlers: file.handlers ?? {} } };
}

const DatabaseVariables = Variables.pick({ DATABASE_URL: true, DATABASE_CONNECTIONS: true });

export type DatabaseReading =
  | { readonly ok: true; readonly database: DatabaseAddress }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads only what says where the database is, for whoever has no other business with the server. */
export function readDatabase(
  env: Readonly<Record<string, string | undefined>>,
  file: ConfigFile = {},
): DatabaseReading {
  const { set } = settings(env, file);
  const parsed = DatabaseVariables.safeParse(set);
  return parsed.success
    ? { ok: true, database: databaseAddress(parsed.data) }
    : { ok: false, problems: parsed.error.issues.map((issue) => say(issue, set)) };
}

function config(e: z.output<typeof Variables>): Omit<Config, 'handlers'> {
  return {
    host: e.HOST,
    port: e.PORT,
    database: databaseAddress(e),
    storageKey: e.STORAGE_KEY,
    keys: e.KOOBRIDGE_KEYS,
    kitPrivateKey: e.KIT_PRIVATE_KEY,
    productionPath: e.PRODUCTION_PATH,
    adminToken: e.KOOBRIDGE_ADMIN_TOKEN,
    storeTimeZone: e.STORE_TIME_ZONE,
    tokenReadings: e.TOKEN_READING === 'any' ? readings : [e.TOKEN_READING],
    adoptLicenses: e.ADOPT_LICENSES,
    renewalUnfreezes: e.RENEWAL_UNFREEZES,
    asynchronousCreate: e.ASYNCHRONOUS_CREATE,
    receiptDays: e.RECEIPT_DAYS,
    v1: { enabled: e.V1_ENABLED, windowMs: e.V1_WINDOW_SECONDS * 1_000 },
    events:
      e.EVENTS_URL !== undefined && e.EVENTS_SECRET !== undefined
        ? { url: e.EVENTS_URL, secret: e.EVENTS_SECRET }
        : undefined,
    store: storeAccess(e),
    logLevel: e.LOG_LEVEL,
  };
}

export function databaseAddress(e: {
  readonly DATABASE_URL: string;
  readonly DATABASE_CONNECTIONS: number;
}): DatabaseAddress {
  const { DATABASE_URL: url, DATABASE_CONNECTIONS: connections } = e;
  const prefix = 'sqlite:';
  return url.startsWith(prefix)
    ? { kind: 'sqlite', file: url.slice(prefix.length) }
    : { kind: 'postgres', url, connections };
}

/** The one site for which the store's pages name a second address. */
const china = { url: 'https://mkt.myhuaweicloud.com', fallbackUrl: 'https://mkt.myhuaweicloud.cn' };

function storeAccess(e: z.output<typeof Variables>): StoreAccess | undefined {
  const { STORE_URL: url, STORE_AK: ak, STORE_SK: sk } = e;
  if (url === undefined || ak === undefined || sk === undefined) return undefined;
  const isChina = new URL(url).origin === china.url;
  const fallbackUrl = e.STORE_FALLBACK_URL ?? (isChina ? china.fallbackUrl : undefined);
  return { url, fallbackUrl, ak, sk };
}

function say(issue: z.core.$ZodIssue, set: Readonly<Record<string, unknown>>): string {
  const [name = '', ...inside] = issue.path.map(String);
  if (!(name in set)) return `${name} is not set`;
  return `${[name, ...inside].join('.')} ${issue.message}`;
}

const isTold = (issue: z.core.$ZodIssue, problems: readonly string[]): boolean =>
  problems.some((problem) => problem.startsWith(`${String(issue.path[0])} `));

const isPartial = (names: readonly string[], set: Readonly<Record<string, unknown>>): boolean =>
  names.some((name) => set[name] !== undefined) && names.some((name) => set[name] === undefined);

function goTogether(names: readonly string[]): string {
  const all = names.length === 2 ? 'both' : `all ${names.length}`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} go together: set ${all}, or none`;
}
