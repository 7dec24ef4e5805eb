import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../process/compiled.ts';
import type { TortureDatabase } from './databases.ts';
import type { History, Outage } from './history.ts';
import type { Kill } from './plan.ts';

/** The servers under test, as their callers see them. */
export interface Servers {
  readonly count: number;
  /** Where one listens; undefined while it is down or starting. */
  url(replica: number): string | undefined;
  /** Resolves when at least one listens. */
  whenOneListens(): Promise<void>;
  /** Tells that a call got its answer. */
  answered(replica: number): void;
}

export interface ServersNeed {
  /** The program that is run: the server's main.ts, or what was made of it. */
  readonly main: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly databases: readonly TortureDatabase[];
  /** Modules that are loaded before the program. */
  readonly preload: readonly string[];
  readonly told: (kill: Kill, replica: number) => void;
}

/** A point that was not reached by then never comes. */
const killLimitMs = 180_000;

/** Runs the servers, each through its list of kills, and then on until it is stopped. */
export class KilledServers implements Servers {
  readonly kills: History['kills'][number][] = [];
  readonly outages: Outage[] = [];
  readonly #need: ServersNeed;
  readonly #replicas: Replica[];
  #waiting: (() => void)[] = [];

  constructor(need: ServersNeed) {
    this.#need = need;
    this.#replicas = need.databases.map(() => ({ url: undefined, child: undefined, answers: 0, heard: undefined }));
  }

  get count(): number {
    return this.#replicas.length;
  }

  url(replica: number): string | undefined {
    return this.#replicas[replica]?.url;
  }

  async whenOneListens(): Promise<void> {
    if (this.#replicas.some(({ url }) => url !== undefined)) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  answered(at: number): void {
    const replica = this.#replicas[at];
    if (replica === undefined) return;
    replica.answers += 1;
    replica.heard?.();
  }

  /** Kills every server as often and when its list says; resolves when each was started for the last time. Rejects when one ends otherwise. */
  async torture(lists: readonly (readonly Kill[])[]): Promise<void> {
    await Promise.all(
      lists.map(async (kills, at) => {
        let downSince = performance.now();
        for (const kill of kills) {
          await this.#run(at, kill, downSince);
          downSince = performance.now();
          this.kills.push({ replica: at, kill, at: downSince });
          this.#need.told(kill, at);
        }
        await this.#run(at, undefined, downSince);
      }),
    );
  }

  /** Ends them as an operator does; resolves with their exit codes. */
  stop(): Promise<readonly (number | null)[]> {
    return Promise.all(
      this.#replicas.map(async ({ child }) => {
        if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
        return child.exitCode;
      }),
    );
  }

  /** Whatever still runs is gone at once. */
  end(): void {
    for (const { child } of this.#replicas) child?.kill('SIGKILL');
  }

  /** One process: until it was killed or, without a kill, until it listens. */
  async #run(at: number, kill: Kill | undefined, downSince: number): Promise<void> {
    const replica = this.#replicas[at];
    const database = this.#need.databases[at];
    if (replica === undefined || database === undefined) throw new RangeError(`there is no replica ${at}`);
    const dying = database.dying(kill, () => child.kill('SIGKILL'));
    const imports = [...this.#need.preload, ...dying.preload].flatMap((file) => ['--import', file]);
    const child = spawn(process.execPath, [...imports, this.#need.main], {
      env: { ...compiled, ...this.#need.environment, ...dying.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    replica.child = child;
    replica.answers = 0;
    const output = listen(child);
    const ended = once(child, 'exit').then(() => {
      replica.url = undefined;
      replica.heard?.();
    });
    const listening = output.url.then((url) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      this.outages.push({ replica: at, from: downSince, to: performance.now() });
      replica.url = url;
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
    if (kill?.at === 'start') void sleep(kill.ms).then(() => child.kill('SIGKILL'));
    await Promise.race([listening, ended]);
    if (kill?.at === 'instant' && replica.url !== undefined) {
      await new Promise<void>((resolve) => {
        replica.heard = () => {
          if (replica.answers >= kill.answers || replica.url === undefined) resolve();
        };
        replica.heard();
      });
      await sleep(kill.ms);
      child.kill('SIGKILL');
    }
    if (kill === undefined && replica.url !== undefined) return;
    const limit = setTimeout(() => child.kill('SIGABRT'), killLimitMs);
    await ended;
    clearTimeout(limit);
    replica.heard = undefined;
    if (child.signalCode !== 'SIGKILL') {
      const how = child.signalCode === 'SIGABRT' ? `did not reach ${JSON.stringify(kill)}` : `ended by itself`;
      throw new Error(`the server ${how}: ${output.text()}`);
    }
    // One that was killed before it listened was down all the while.
    if (this.outages.every(({ from }) => from !== downSince))
      this.outages.push({ replica: at, from: downSince, to: performance.now() });
  }
}

interface Replica {
  url: string | undefined;
  child: ChildProcess | undefined;
  /** Since it was started. */
  answers: number;
  /** Called at each answer. */
  heard: (() => void) | undefined;
}

function listen(child: ChildProcess): { readonly url: Promise<string>; text(): string } {
  let text = '';
  const url = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        if (text.length < 20_000) text += chunk;
        const announced = /listening on (http:\S+)/.exec(text)?.[1];
        if (announced !== undefined) resolve(announced);
      });
    }
  });
  return { url, text: () => text };
}
