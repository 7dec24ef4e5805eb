import { KeyRings, readings } from '@koobridge/contracts';
import * as z from 'zod';
import { EventsSecret, KitPrivateKey, StorageKey } from './key-material.ts';

/** The names a seller may set, with form and default of each; docs/configuration.md explains them. Messages hold no value. */

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

/** JSON text, as an environment variable holds it; the configuration file may hold the object itself. */
const json = z.unknown().transform((value, context) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // The parser's own message quotes the text, which holds secrets.
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const visible = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII');

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http', abort: true });

/** Only where the store is: its paths are fixed, and credentials in a URL would end up in logs. */
const origin = httpUrl.refine(
  (url) => [new URL(url).origin, `${new URL(url).origin}/`].includes(url),
  'must be scheme and host alone, such as https://mkt.myhuaweicloud.com',
);

const wholeNumber = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  const isWithin = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  return z.coerce.number(message).refine(isWithin, message);
};

const timeZone = z.string().refine(isTimeZone, 'is no IANA time zone, such as Asia/Shanghai');

/** Every name, with text in and the setting out. */
export const Variables = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8080),
  DATABASE_URL: z
    .string()
    .refine(isDatabase, 'must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>')
    .default('sqlite:.koobridge/server.db'),
  DATABASE_CONNECTIONS: wholeNumber(3, 100).default(10),
  STORAGE_KEY: StorageKey,
  KOOBRIDGE_KEYS: json
    .pipe(KeyRings)
    .refine((rings) => Object.values(rings).some((ring) => ring.length > 0), 'holds no key'),
  KIT_PRIVATE_KEY: KitPrivateKey.optional(),
  PRODUCTION_PATH: z
    .string()
    .regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'must be an absolute path without a slash at its end, such as /production')
    .refine(
      (path) => !/^\/(admin|healthz|readyz|metrics|openapi|reference)([/.]|$)/.test(path),
      'is taken by the server itself',
    )
    .default('/production'),
  KOOBRIDGE_ADMIN_TOKEN: visible,
  STORE_TIME_ZONE: timeZone.default('UTC'),
  TOKEN_READING: z.enum(['any', ...readings]).default('any'),
  ADOPT_LICENSES: flag.default(true),
  RENEWAL_UNFREEZES: flag.default(false),
  ASYNCHRONOUS_CREATE: flag.default(false),
  RECEIPT_DAYS: wholeNumber(1, 3_650).default(90),
  V1_ENABLED: flag.default(false),
  V1_WINDOW_SECONDS: wholeNumber(1, 86_400).default(600),
  EVENTS_URL: httpUrl
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'must hold no user or password')
    .optional(),
  EVENTS_SECRET: EventsSecret.optional(),
  STORE_URL: origin.optional(),
  STORE_FALLBACK_URL: origin.optional(),
  STORE_AK: visible.optional(),
  STORE_SK: visible.optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export type VariableName = keyof z.input<typeof Variables>;

export const variableNames: readonly string[] = Object.keys(Variables.shape);

/** A file, or what names a database on a server. In memory there is nothing that lasts. */
function isDatabase(url: string): boolean {
  if (/^sqlite:(?!:memory:).+$/.test(url)) return true;
  return /^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '') && (URL.parse(url)?.pathname.length ?? 0) > 1;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
