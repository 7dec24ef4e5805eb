import { KeyRings } from '@koobridge/contracts';
import { credentials } from '../credentials.ts';
import { check, type Violation } from './check.ts';
import { databasesFor } from './databases.ts';
import type { History, PlayedLife } from './history.ts';
import { LedgerView } from './ledger-view.ts';
import { type Kill, planOf } from './plan.ts';
import { startReceiver } from './receiver.ts';
import { send } from './sender.ts';
import { KilledServers } from './servers.ts';

export interface Torture {
  readonly seed: number;
  readonly kills: number;
  /** As DATABASE_URL has it; empty, or used only by other runs of this before. */
  readonly database: string;
  readonly replicas: number;
  readonly senders: number;
  /** The server's main.ts, or what was made of it. */
  readonly main: string;
  /** Modules that are loaded before the server, to break it. */
  readonly preload?: readonly string[];
  /** How long events that wait in the end are waited for, in milliseconds; what still waits then is accounted for as waiting. */
  readonly drainMs: number;
  readonly told?: (kill: Kill, replica: number, answers: number) => void;
}

export interface Verdict {
  readonly history: History;
  readonly violations: readonly Violation[];
}

/** How long the calls that are under way when the last kill is over may take. */
const finishMs = 60_000;

/** Runs servers, kills them as the seed says while the store calls them, and judges what came of it. */
export async function torture(setting: Torture): Promise<Verdict> {
  const { seed, kills, replicas } = setting;
  const plan = planOf({ seed, kills, replicas, tag: `T${Date.now().toString(36)}` });
  const environment = { ...credentials(), PORT: '0', LOG_LEVEL: 'warn', DATABASE_CONNECTIONS: '6' };
  const receiver = await startReceiver();
  const databases = await databasesFor(setting.database, replicas);
  const lives: PlayedLife[] = [];
  const servers = new KilledServers({
    main: setting.main,
    environment: { ...environment, EVENTS_URL: receiver.url, EVENTS_SECRET: receiver.secret },
    databases,
    preload: setting.preload ?? [],
    told: (kill, replica) => setting.told?.(kill, replica, answersIn(lives)),
  });
  const enough = new AbortController();
  const over = new AbortController();
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const need = { plan, servers, keys, enough: enough.signal, over: over.signal };
  try {
    const sending = Array.from({ length: setting.senders }, (_, sender) => send(sender, need, lives));
    await servers.torture(plan.kills);
    enough.abort();
    const giveUp = setTimeout(() => over.abort(), finishMs);
    await Promise.all(sending);
    clearTimeout(giveUp);
    const ledger = new LedgerView(servers.url(0) ?? '', environment.KOOBRIDGE_ADMIN_TOKEN);
    await ledger.settled(setting.drainMs);
    const held = await ledger.read(lives);
    await servers.stop();
    const { kills: killed, outages } = servers;
    const history: History = { lives, kills: killed, outages, announcements: receiver.announcements, ledger: held };
    return { history, violations: check(history) };
  } finally {
    enough.abort();
    over.abort();
    servers.end();
    receiver.close();
    for (const database of databases) database.close();
  }
}

export const answersIn = (lives: readonly PlayedLife[]): number =>
  lives.reduce((sum, { attempts }) => sum + attempts.filter(({ answer }) => answer !== undefined).length, 0);
