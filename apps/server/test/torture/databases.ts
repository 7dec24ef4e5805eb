import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCommitProxy } from './commit-proxy.ts';
import type { Kill } from './plan.ts';

/** A database as one server sees it, and how that server comes to die at a commit. */
export interface TortureDatabase {
  /** What the server is started with so that the kill happens. `die` ends its process. */
  dying(
    kill: Kill | undefined,
    die: () => void,
  ): { readonly preload: readonly string[]; readonly environment: Readonly<Record<string, string>> };
  close(): void;
}

/** One view of the database for each replica. */
export async function databasesFor(url: string, replicas: number): Promise<readonly TortureDatabase[]> {
  if (!url.startsWith('postgres')) return Array.from({ length: replicas }, () => onSqlite(url));
  return Promise.all(Array.from({ length: replicas }, () => onPostgres(url)));
}

/** The process itself commits, and dies by a module that is loaded before the server. */
function onSqlite(url: string): TortureDatabase {
  const preload = [new URL('./die-at-commit.ts', import.meta.url).href];
  return {
    dying(kill) {
      const environment = { DATABASE_URL: url };
      if (kill?.at !== 'before-commit' && kill?.at !== 'after-commit') return { preload: [], environment };
      return { preload, environment: { ...environment, DIE_AT: kill.at, DIE_COUNT: String(kill.count) } };
    },
    close: () => undefined,
  };
}

/** The commit passes a proxy, which holds it or its answer while the process is killed. */
async function onPostgres(url: string): Promise<TortureDatabase> {
  const proxy = await openCommitProxy(url);
  return {
    dying(kill, die) {
      proxy.expect(kill?.at === 'before-commit' || kill?.at === 'after-commit' ? { ...kill, die } : undefined);
      return { preload: [], environment: { DATABASE_URL: proxy.url } };
    },
    close: proxy.close,
  };
}

/** A new SQLite file in a directory of its own. */
export function newSqliteFile(): { readonly url: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-torture-'));
  return {
    url: `sqlite:${join(directory, 'server.db')}`,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
