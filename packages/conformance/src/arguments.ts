import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { KeyRings } from '@koobridge/contracts';
import { allCases } from './cases/registry.ts';
import { isProfileId, type ProfileId, profileIds } from './profiles.ts';
import { type Ledger, readLedger } from './run/ledger.ts';
import { restarting } from './run/restarting.ts';
import type { SuiteOptions } from './run/suite.ts';
import { type Language, languages } from './text.ts';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'list'; readonly options: SuiteOptions; readonly language: Language }
  | RunCommand
  | { readonly kind: 'bad-usage'; readonly problem: string };

export interface RunCommand {
  readonly kind: 'run';
  readonly options: SuiteOptions;
  readonly language: Language;
  readonly reports: Reports;
  /** The words of the command line that do not choose cases, nor where reports go. */
  readonly repeat: readonly string[];
}

/** Files to write. */
export interface Reports {
  readonly junit?: string;
  readonly json?: string;
  readonly html?: string;
}

const options = {
  profile: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  list: { type: 'boolean' },
  seed: { type: 'string' },
  strict: { type: 'boolean' },
  keys: { type: 'string' },
  probe: { type: 'string' },
  'probe-token-env': { type: 'string' },
  licenses: { type: 'string' },
  restart: { type: 'string' },
  'server-log': { type: 'string' },
  'retired-keys': { type: 'string' },
  ca: { type: 'string' },
  'expect-failures': { type: 'string' },
  timeout: { type: 'string' },
  parallel: { type: 'string' },
  language: { type: 'string' },
  junit: { type: 'string' },
  json: { type: 'string' },
  html: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

class BadUsage extends Error {}

/** Reads the command line and the environment; no value of a key is ever quoted. */
export function readArguments(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Command {
  try {
    return read(argv, env);
  } catch (error) {
    if (error instanceof BadUsage) return { kind: 'bad-usage', problem: error.message };
    if (error instanceof TypeError && 'code' in error) return { kind: 'bad-usage', problem: error.message };
    throw error;
  }
}

function read(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Command {
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [address, ...prefixes] = positionals;
  const list = values.list === true;
  if (address === undefined && !list) throw new BadUsage('the production address is missing');
  const keys = readKeys(values.keys, env, list);
  const retired = values['retired-keys'];
  const retiredKeys = retired === undefined ? undefined : parseKeys(contentOf(retired));
  refuseBoth(keys, retiredKeys);
  const chosen = values.profile?.flatMap((names) => names.split(',')).map(profileNamed);
  const only = [...prefixes, ...(values.only ?? []).flatMap((each) => each.split(','))];
  for (const prefix of only) {
    if (!allCases.some(({ id }) => id.startsWith(prefix))) throw new BadUsage(`no case id starts with ${prefix}`);
  }
  const suite: SuiteOptions = {
    address: address === undefined ? '' : addressOf(address),
    keys,
    retiredKeys,
    profiles: chosen ?? (only.length > 0 || list ? profilesOf(only) : undefined),
    only: only.length > 0 ? only : undefined,
    seed: values.seed,
    strict: values.strict === true,
    probe: probeOf(values.probe, values['probe-token-env'], env),
    licenses: values.licenses === undefined ? undefined : contentOf(values.licenses).split(/\s+/).filter(Boolean),
    restart: values.restart === undefined ? undefined : restarting(values.restart, address ?? ''),
    serverLog: logOf(values['server-log']),
    ledger: ledgerOf(values['expect-failures']),
    ca: values.ca === undefined ? undefined : certificateOf(values.ca),
    timeoutMs: numberOf('timeout', values.timeout, 1, 120, 1000),
    parallel: numberOf('parallel', values.parallel, 1, 64, 1),
  };
  const language = languageOf(values.language, env);
  if (list) return { kind: 'list', options: suite, language };
  const { junit, json, html } = values;
  const reports = {
    ...(junit === undefined ? {} : { junit }),
    ...(json === undefined ? {} : { json }),
    ...(html === undefined ? {} : { html }),
  };
  return { kind: 'run', options: suite, language, reports, repeat: repeatOf(suite.address, values) };
}

/** What says how the server is reached and judged. */
const repeated = [
  'keys',
  'retired-keys',
  'ca',
  'probe',
  'probe-token-env',
  'licenses',
  'restart',
  'server-log',
  'timeout',
  'language',
] as const;

const repeatOf = (
  address: string,
  values: { readonly [Name in (typeof repeated)[number]]?: string } & { readonly strict?: boolean },
): readonly string[] => [
  address,
  ...repeated.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
  ...(values.strict === true ? ['--strict'] : []),
];

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new BadUsage(`${text} is no production address such as https://example.com/production`);
  }
  if (url.username !== '' || url.password !== '') throw new BadUsage('the address must hold no credentials');
  return url.href;
}

function readKeys(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  optional: boolean,
): KeyRings {
  const text = file === undefined ? env['KOOBRIDGE_KEYS'] : contentOf(file);
  if (text === undefined || text === '') {
    if (optional) return KeyRings.parse({});
    throw new BadUsage('no keys: set KOOBRIDGE_KEYS, or give a file with --keys');
  }
  return parseKeys(text);
}

function parseKeys(text: string): KeyRings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadUsage('the keys are no JSON');
  }
  const reading = KeyRings.safeParse(value);
  if (!reading.success) {
    const [issue] = reading.error.issues;
    throw new BadUsage(`the keys cannot be used: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  if (Object.values(reading.data).every((ring) => ring.length === 0)) throw new BadUsage('the keys hold no key at all');
  return reading.data;
}

/** What is in use cannot be retired. */
function refuseBoth(keys: KeyRings, retired: KeyRings | undefined): void {
  const inUse = new Set(Object.values(keys).flatMap((ring) => ring.map(({ secret }) => secret)));
  for (const { id, secret } of Object.values(retired ?? {}).flat()) {
    if (inUse.has(secret)) throw new BadUsage(`the key "${id}" is in use and retired at once`);
  }
}

function certificateOf(file: string): string {
  const pem = contentOf(file);
  try {
    new X509Certificate(pem);
  } catch {
    throw new BadUsage(`${file} holds no certificate in PEM`);
  }
  return pem;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadUsage(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function profileNamed(name: string): ProfileId {
  if (isProfileId(name)) return name;
  throw new BadUsage(`${name} is no profile; there are ${profileIds.join(', ')}`);
}

/** The profiles that prefixes name; all of them where they name none. */
const profilesOf = (prefixes: readonly string[]): readonly ProfileId[] =>
  prefixes.length === 0
    ? profileIds
    : profileIds.filter((id) =>
        allCases.some((each) => each.profile === id && prefixes.some((prefix) => each.id.startsWith(prefix))),
      );

function probeOf(
  url: string | undefined,
  tokenVariable: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
) {
  if (url === undefined) {
    if (tokenVariable !== undefined) throw new BadUsage('--probe-token-env goes together with --probe');
    return undefined;
  }
  if (!URL.canParse(url)) throw new BadUsage(`${url} is no address of a state probe`);
  const token = tokenVariable === undefined ? undefined : env[tokenVariable];
  if (tokenVariable !== undefined && (token === undefined || token === '')) {
    throw new BadUsage(`the variable ${tokenVariable} is not set`);
  }
  return { url, token };
}

function logOf(file: string | undefined): (() => Promise<string>) | undefined {
  if (file === undefined) return undefined;
  contentOf(file); // a log that is not there must not read as one without keys
  return () => readFile(file, 'utf8');
}

function ledgerOf(file: string | undefined): Ledger | undefined {
  if (file === undefined) return undefined;
  const reading = readLedger(contentOf(file), new Set(allCases.map(({ id }) => id)));
  if (!reading.ok) throw new BadUsage(reading.problem);
  return reading.ledger;
}

function numberOf(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
  unit: number,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(number >= least && number <= most)) throw new BadUsage(`--${name} must be a number from ${least} to ${most}`);
  return number * unit;
}

function languageOf(name: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  if (name === undefined) return /^zh/.test(env['LC_ALL'] ?? env['LANG'] ?? '') ? 'zh' : 'en';
  const language = languages.find((each) => each === name);
  if (language === undefined) throw new BadUsage(`--language must be one of ${languages.join(', ')}`);
  return language;
}
