import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, onTestFinished } from 'vitest';
import type * as z from 'zod';
import { InstanceDetail, LicenseDetail } from '../src/admin/contract.ts';
import { type Config, readConfig } from '../src/config/config.ts';
import type { ConfigFile } from '../src/config/config-file.ts';
import type { Handlers } from '../src/handlers/handlers.ts';
import { type Surroundings, startServer } from '../src/server.ts';
import { timing } from '../src/timing.ts';
import { credentials } from './credentials.ts';
import { borrow, newDatabase } from './database.ts';
import { type Store, storeCalling } from './store.ts';

/** A seller's server of this process, on a free port, with a ledger of its own. Ends with its test. */
export interface Seller {
  readonly url: string;
  readonly config: Config;
  /** DATABASE_URL of its ledger. */
  readonly database: string;
  /** Moved by hand. Milliseconds since the epoch. */
  readonly clock: { now: number };
  readonly store: Store;
  /** GET below /admin, with the bearer token. */
  admin(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** What /admin tells of one license; throws if that is not as its contract says. */
  license(code: string): Promise<z.output<typeof LicenseDetail>>;
  /** The same of one instance. */
  instance(id: string): Promise<z.output<typeof InstanceDetail>>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  stop(): Promise<void>;
  /** Stops, and starts again on the same database. */
  restart(environment?: Environment): Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

export interface SellerSetting {
  readonly environment?: Environment;
  /** The seller's own code, as the configuration file holds it. */
  readonly handlers?: Handlers;
  readonly timing?: Partial<Surroundings['timing']>;
  readonly random?: () => number;
  /** A clock that others go by too. */
  readonly clock?: { now: number };
}

/** Where every clock of these tests begins. */
export const start = Date.UTC(2026, 0, 15, 12);

/** A seller for one test. */
export async function startSeller(setting: SellerSetting = {}): Promise<Seller> {
  const seller = await openSeller(setting.environment?.['DATABASE_URL'] ?? (await newDatabase()), setting);
  onTestFinished(() => seller.stop());
  return seller;
}

/** A seller for all tests of a file or group; `seller()` is there once a test runs. */
export function sharedSeller(setting: SellerSetting = {}): () => Seller {
  let seller: Seller | undefined;
  beforeAll(async () => {
    const { url, giveBack } = await borrow();
    seller = await openSeller(url, setting);
    return async () => {
      await seller?.stop();
      await giveBack();
    };
  });
  return () => {
    if (seller === undefined) throw new Error('the seller starts before the first test, not earlier');
    return seller;
  };
}

async function openSeller(database: string, setting: SellerSetting): Promise<Seller> {
  const base = { ...credentials(), DATABASE_URL: database, DATABASE_CONNECTIONS: '4', PORT: '0', LOG_LEVEL: 'silent' };
  const clock = setting.clock ?? { now: start };
  const surroundings: Partial<Surroundings> = {
    now: () => clock.now,
    random: setting.random ?? Math.random,
    timing: { ...timing, ...setting.timing },
  };
  const configWith = (environment: Environment = {}) =>
    configOf({ ...base, ...setting.environment, ...environment }, { handlers: setting.handlers });
  let config = configWith();
  let server = await startServer(config, surroundings);
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) => fetch(server.url + path, { headers });
  const admin: Seller['admin'] = async (path) => {
    const response = await get(`/admin${path}`, { Authorization: `Bearer ${config.adminToken}` });
    return { status: response.status, body: await response.json() };
  };
  return {
    get url() {
      return server.url;
    },
    get config() {
      return config;
    },
    database,
    clock,
    store: storeCalling(
      () => server.url + config.productionPath,
      config.keys,
      () => clock.now,
    ),
    admin,
    license: async (code) => LicenseDetail.parse((await admin(`/licenses/${encodeURIComponent(code)}`)).body),
    instance: async (id) => InstanceDetail.parse((await admin(`/instances/${encodeURIComponent(id)}`)).body),
    get,
    stop: () => server.stop(),
    async restart(environment) {
      await server.stop();
      config = configWith(environment);
      server = await startServer(config, surroundings);
    },
  };
}

export function configOf(environment: Environment, file: ConfigFile = {}): Config {
  const reading = readConfig(environment, file);
  if (!reading.ok) throw new Error(reading.problems.join('; '));
  return reading.config;
}

/** A directory that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
