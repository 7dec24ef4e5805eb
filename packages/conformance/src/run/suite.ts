import { randomBytes } from 'node:crypto';
import type { KeyRings } from '@koobridge/contracts';
import type { Case } from '../case.ts';
import { allCases, callsOf } from '../cases/registry.ts';
import { composeCall } from '../flow/compose.ts';
import { namesFrom } from '../flow/names.ts';
import { openFlow } from '../flow/open-flow.ts';
import type { Limits } from '../http/exchange.ts';
import { type Client, createClient } from '../http/send.ts';
import type { ProbeAddress } from '../probe/probe.ts';
import { type ProfileId, profileIds, profiles } from '../profiles.ts';
import { type Text, text } from '../text.ts';
import { compareWithLedger, type Ledger } from './ledger.ts';
import { type Preflight, preflight } from './preflight.ts';
import { takePulse } from './pulse.ts';
import { runCase } from './run-case.ts';
import { schedule } from './schedule.ts';
import { type Counts, countVerdicts, type Result } from './verdict.ts';

export interface SuiteOptions {
  /** The production address. */
  readonly address: string;
  readonly keys: KeyRings;
  /** Keys that the server knew once: those of a finished rotation, which must be refused. */
  readonly retiredKeys?: KeyRings | undefined;
  /** Those whose ring has a key, unless given. */
  readonly profiles?: readonly ProfileId[] | undefined;
  /** Prefixes of case ids; all cases unless given. */
  readonly only?: readonly string[] | undefined;
  /** Names of orders and subjects follow from it; random unless given. A seed serves a server's database once. */
  readonly seed?: string | undefined;
  /** Deviations from rulings fail too. */
  readonly strict?: boolean | undefined;
  readonly probe?: ProbeAddress | undefined;
  /** License codes that the server knows, for one that does not adopt those it never saw (R19). */
  readonly licenses?: readonly string[] | undefined;
  /** Stops the server and starts it again; resolves when it answers. */
  readonly restart?: (() => Promise<void>) | undefined;
  /** Reads what the server has logged. */
  readonly serverLog?: (() => Promise<string>) | undefined;
  readonly ledger?: Ledger | undefined;
  /** Certificates as PEM that may have signed the server's, besides those that Node ships. */
  readonly ca?: string | undefined;
  /** How long an answer is waited for, in milliseconds; the store's own 20 s unless given. */
  readonly timeoutMs?: number | undefined;
  /** How many cases run at a time; 8 unless given. */
  readonly parallel?: number | undefined;
  /** Told of each result as it comes. */
  readonly onResult?: ((result: Result, done: number, total: number) => void) | undefined;
}

export interface SuiteReport {
  readonly address: string;
  readonly seed: string;
  readonly strict: boolean;
  readonly startedAt: Date;
  readonly ms: number;
  readonly preflights: readonly { readonly profile: ProfileId; readonly preflight: Preflight }[];
  /** The server stopped answering half-way. */
  readonly stopped: boolean;
  /** In the order of the case list. */
  readonly results: readonly Result[];
  readonly counts: Counts;
  readonly exitCode: ExitCode;
}

/** 0 conforms, 1 a required case failed, 3 it cannot be reached, set up or, at least in part, judged, 4 a case itself crashed. */
export type ExitCode = 0 | 1 | 3 | 4;

/** The cases that options select, in the order of the list. */
export function selectCases({
  keys,
  profiles: chosen,
  only,
}: Pick<SuiteOptions, 'keys' | 'profiles' | 'only'>): readonly Case[] {
  const usual = profileIds.filter((id) => profiles[id].usual && keys[profiles[id].keyClass].length > 0);
  const wanted = new Set(chosen ?? usual);
  return allCases.filter(
    ({ id, profile }) => wanted.has(profile) && (only === undefined || only.some((prefix) => id.startsWith(prefix))),
  );
}

/** Bytes of an answer that are read at most. */
const answerBytes = 1024 * 1024;
const pulseMs = 5_000;

/** Runs the suite against a server, black box over HTTP. Rejects only where the address is no URL. */
export async function runSuite(options: SuiteOptions): Promise<SuiteReport> {
  const { keys, strict = false, timeoutMs = 20_000, parallel = 8 } = options;
  const startedAt = new Date();
  const began = performance.now();
  const address = new URL(options.address).href.replace(/\/$/, '');
  const seed = options.seed ?? randomBytes(8).toString('hex');
  const limits: Limits = { ms: timeoutMs, bytes: answerBytes };
  const cases = selectCases(options);
  const client = createClient(64, options.ca);
  try {
    const preflights = await checkProfiles(cases, { address, keys, seed, client, limits });
    const obstacles = new Map(
      preflights.flatMap(({ profile, preflight: each }) => (each.ok ? [] : [[profile, each.reason] as const])),
    );
    const pulse = takePulse(client, () => {
      const profile = cases.find((each) => !obstacles.has(each.profile))?.profile ?? 'license';
      const [call] = callsOf(profile).debugging(namesFrom(seed, 'pulse'));
      const [key = { id: '', secret: '' }] = keys[profiles[profile].keyClass];
      const request = call && composeCall(address, call, key, Date.now(), {}).request;
      return client.send(request ?? { method: 'GET', url: address, headers: [], body: new Uint8Array() }, {
        ...limits,
        ms: pulseMs,
      });
    });
    const adopts = preflights.every(({ preflight: each }) => !each.ok || each.adopts);
    const licenses = adopts ? undefined : [...(options.licenses ?? [])];
    const skews = new Map(
      preflights.map(({ profile, preflight: each }) => [profile, each.ok ? each.clockSkewMs : undefined]),
    );
    const results = new Map<string, Result>();
    const keep = (result: Result): void => {
      const compared = compareWithLedger(result, options.ledger ?? new Map());
      results.set(result.case.id, compared);
      options.onResult?.(compared, results.size, cases.length);
    };
    await schedule(cases, parallel, async (each) => {
      const obstacle = pulse.dead ? gone : obstacles.get(each.profile);
      if (obstacle !== undefined) return keep({ case: each, verdict: 'blocked', ms: 0, reason: obstacle });
      const flow = openFlow({
        address,
        profile: profiles[each.profile],
        calls: callsOf(each.profile),
        keys,
        retiredKeys: options.retiredKeys,
        seed,
        caseId: each.id,
        client: pulse.client,
        limits,
        probe: options.probe,
        clockSkewMs: skews.get(each.profile),
        licenses,
        restart: options.restart,
        serverLog: options.serverLog,
      });
      keep(await runCase(each, flow, strict));
      await pulse.check();
    });
    const ordered = cases.flatMap(({ id }) => results.get(id) ?? []);
    const stopped = pulse.dead;
    return {
      address,
      seed,
      strict,
      startedAt,
      ms: performance.now() - began,
      preflights,
      stopped,
      results: ordered,
      counts: countVerdicts(ordered),
      exitCode: exitCodeOf(ordered, stopped || obstacles.size > 0 || (!adopts && options.licenses === undefined)),
    };
  } finally {
    client.close();
  }
}

const gone: Text = text('the server stopped answering before this case', '在此用例之前服务器已停止应答');

async function checkProfiles(
  cases: readonly Case[],
  setting: {
    readonly address: string;
    readonly keys: KeyRings;
    readonly seed: string;
    readonly client: Client;
    readonly limits: Limits;
  },
): Promise<SuiteReport['preflights']> {
  const selected = profileIds.filter((id) => cases.some(({ profile }) => profile === id));
  return Promise.all(
    selected.map(async (profile) => ({
      profile,
      preflight: await preflight({ ...setting, profile: profiles[profile], calls: callsOf(profile) }),
    })),
  );
}

function exitCodeOf(results: readonly Result[], obstacle: boolean): ExitCode {
  if (obstacle) return 3;
  if (results.some(({ verdict }) => verdict === 'crashed')) return 4;
  const breaks = ({ verdict, ledger }: Result): boolean =>
    (verdict === 'failed' && ledger !== 'expected-failure') || ledger === 'unexpected-pass';
  if (results.some(breaks)) return 1;
  // What could not be judged must not read as if it conformed.
  const judged = results.some(({ verdict }) => verdict === 'passed' || verdict === 'failed' || verdict === 'warned');
  return judged && !results.some(({ verdict }) => verdict === 'blocked') ? 0 : 3;
}
