import { KeyRings, type Reading, readings } from '@koobridge/contracts';
import * as z from 'zod';

/** Everything the server can be told, checked at start. Shapes and defaults are the table of docs/configuration.md. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** A file name; a database in memory is refused, because it loses what was acknowledged (R20). */
  readonly databaseFile: string;
  readonly keys: KeyRings;
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
  /** Days for which receipts are kept; order lines and state stay for ever. */
  readonly receiptDays: number;
  /** The store's open APIs; absent when the seller gave no credentials. */
  readonly store: { readonly url: string; readonly ak: string; readonly sk: string } | undefined;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

const json = z.string().transform((value, context) => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // The parser's own message quotes the text, which holds secrets.
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const visible = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII');

/** Only where the store is: its paths are fixed, and credentials in a URL would end up in logs. */
const isOrigin = (url: string): boolean =>
  URL.canParse(url) && [new URL(url).origin, `${new URL(url).origin}/`].includes(url);

const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number()
    .refine(
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    );

const timeZone = z.string().refine(isTimeZone, 'is no IANA time zone, such as Asia/Shanghai');

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8080),
  DATABASE_URL: z
    .string()
    .regex(/^sqlite:(?!:memory:).+$/, 'must be sqlite:<file>')
    .default('sqlite:.koobridge/server.db'),
  KOOBRIDGE_KEYS: json
    .pipe(KeyRings)
    .refine((rings) => Object.values(rings).some((ring) => ring.length > 0), 'holds no key'),
  PRODUCTION_PATH: z
    .string()
    .regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'must be an absolute path without a slash at its end, such as /production')
    .refine((path) => !/^\/(admin|healthz|readyz|metrics)(\/|$)/.test(path), 'is taken by the server itself')
    .default('/production'),
  KOOBRIDGE_ADMIN_TOKEN: visible,
  STORE_TIME_ZONE: timeZone.default('UTC'),
  TOKEN_READING: z.enum(['any', ...readings]).default('any'),
  ADOPT_LICENSES: flag.default(true),
  RENEWAL_UNFREEZES: flag.default(false),
  RECEIPT_DAYS: wholeNumber(1, 3_650).default(90),
  STORE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL that begins with http', abort: true })
    .refine(isOrigin, 'must be scheme and host alone, such as https://mkt.myhuaweicloud.com')
    .optional(),
  STORE_AK: visible.optional(),
  STORE_SK: visible.optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** Reads the configuration from environment variables. Reports every problem at once, by name, never with a value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigReading {
  // An empty variable is one that was not set: that is how shells and compose files leave them out.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(set);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, set));
  if (isPartial([set['STORE_URL'], set['STORE_AK'], set['STORE_SK']])) {
    problems.push('STORE_URL, STORE_AK and STORE_SK go together: set all three, or none');
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const e = parsed.data;
  const { STORE_URL: url, STORE_AK: ak, STORE_SK: sk } = e;
  return {
    ok: true,
    config: {
      host: e.HOST,
      port: e.PORT,
      databaseFile: e.DATABASE_URL.slice('sqlite:'.length),
      keys: e.KOOBRIDGE_KEYS,
      productionPath: e.PRODUCTION_PATH,
      adminToken: e.KOOBRIDGE_ADMIN_TOKEN,
      storeTimeZone: e.STORE_TIME_ZONE,
      tokenReadings: e.TOKEN_READING === 'any' ? readings : [e.TOKEN_READING],
      adoptLicenses: e.ADOPT_LICENSES,
      renewalUnfreezes: e.RENEWAL_UNFREEZES,
      receiptDays: e.RECEIPT_DAYS,
      store: url !== undefined && ak !== undefined && sk !== undefined ? { url, ak, sk } : undefined,
      logLevel: e.LOG_LEVEL,
    },
  };
}

function describe(issue: z.core.$ZodIssue, set: Readonly<Record<string, unknown>>): string {
  const [name = '', ...inside] = issue.path.map(String);
  if (!(name in set)) return `${name} is not set`;
  return `${[name, ...inside].join('.')} ${issue.message}`;
}

const isPartial = (values: readonly unknown[]): boolean =>
  values.some((value) => value !== undefined) && values.includes(undefined);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
