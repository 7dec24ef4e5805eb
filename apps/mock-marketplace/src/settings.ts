import { KeyRings } from '@koobridge/contracts';
import * as z from 'zod';
import { Profile } from './hostility/profile.ts';

/** The environment, checked as a whole. No message repeats a value, because some of the values are secrets. */

const secret = z.string().min(1);

/** `sqlite:<path>`, or `sqlite::memory:` for a state that ends with the process. */
const databasePath = z
  .string()
  .regex(/^sqlite:.+$/, 'must be sqlite:<path> or sqlite::memory:')
  .transform((url) => url.slice('sqlite:'.length));

const keys = z
  .string('is missing: JSON with the accessKeys, such as {"license":[{"id":"…","secret":"…"}]}; the first key signs')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is no JSON');
      return z.NEVER;
    }
  })
  .pipe(KeyRings)
  .refine((rings) => Object.values(rings).some((ring) => ring.length > 0), 'has no key at all');

const productionAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((address) => !/[?#@]/.test(address), 'must have no query, no fragment and no user');

const loginOrigin = z
  .string()
  .transform((text) => URL.parse(text))
  .refine(
    (url) => url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`,
    'must be an http or https origin: scheme, host and port alone',
  )
  .transform((url) => url?.origin);

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(8090),
  DATABASE_URL: databasePath.prefault('sqlite:.koobridge/market.db'),
  KOOBRIDGE_KEYS: keys,
  PRODUCTION_ADDRESS: productionAddress.default('http://127.0.0.1:8080/production'),
  SELLER_AK: secret.optional(),
  SELLER_SK: secret.optional(),
  CALL_TIMEOUT: z.coerce.number('must be a number of seconds').positive().max(600).default(20),
  FREEZE_LICENSES_AFTER: z.enum(['grace', 'expiry']).default('grace'),
  FREEZE_INSTANCES_AFTER: z.enum(['grace', 'expiry']).default('expiry'),
  SEED: z.string().min(1).max(200).optional(),
  PROFILE: Profile.default('calm'),
  LOGIN_ORIGIN: loginOrigin.optional(),
  OUTPUT: z.enum(['calls', 'none']).default('calls'),
});

const Settings = environment
  .refine(({ SELLER_AK, SELLER_SK }) => (SELLER_AK === undefined) === (SELLER_SK === undefined), {
    error: 'must be set together with SELLER_AK, or not at all',
    path: ['SELLER_SK'],
    when: () => true,
  })
  .transform((values) => ({
    host: values.HOST,
    port: values.PORT,
    database: values.DATABASE_URL,
    keys: values.KOOBRIDGE_KEYS,
    productionAddress: values.PRODUCTION_ADDRESS,
    /** The pair that the open APIs accept; without it they refuse every call. */
    accessKey:
      values.SELLER_AK === undefined || values.SELLER_SK === undefined
        ? undefined
        : { ak: values.SELLER_AK, sk: values.SELLER_SK },
    callTimeoutMs: values.CALL_TIMEOUT * 1000,
    freezeMoments: {
      LICENSE_CODE: values.FREEZE_LICENSES_AFTER,
      SAAS: values.FREEZE_INSTANCES_AFTER,
      ONLINE_LICENSE: values.FREEZE_INSTANCES_AFTER,
    },
    /** What a new database draws from; drawn at random where it is not told. */
    seed: values.SEED,
    /** How rough a new database's store is. */
    profile: values.PROFILE,
    /** The domain that the Kit tells of; where the marketplace listens if it is not told. */
    loginOrigin: values.LOGIN_ORIGIN,
    output: values.OUTPUT,
  }));

export type Settings = z.output<typeof Settings>;

export type SettingsReading =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly errors: readonly string[] };

/** Reads the settings, or tells everything that is wrong with them, one sentence each. An empty variable is one not set. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): SettingsReading {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = Settings.safeParse(given);
  if (read.success) return { ok: true, settings: read.data };
  return {
    ok: false,
    errors: read.error.issues.map((issue) => {
      const [variable, ...inside] = issue.path;
      const where = inside.length === 0 ? String(variable) : `${String(variable)} at ${inside.join('.')}`;
      const what = issue.code === 'unrecognized_keys' ? 'has a member that is no class of keys' : issue.message;
      return `${where}: ${what}`;
    }),
  };
}
