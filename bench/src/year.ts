import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeCredentials, storeCredentials } from '@koobridge/scripts/credentials';
import { freePort, market, type RunningProcess, server, startProcess } from '@koobridge/scripts/processes';
import { keep } from './results.ts';
import { residentMebibytes } from './usage.ts';

/**
 * `npx -y pnpm@12 year [codes]`: a year of License codes, 10,000 unless told otherwise. The marketplace sells them, renews
 * most of them by themselves, freezes and releases the rest, and calls the server for each step; then both must agree on
 * every code. Exit 1 if they do not.
 */
const codes = Number(process.argv[2] ?? 10_000);
const buyers = 16;

const directory = mkdtempSync(join(tmpdir(), 'koobridge-year-'));
const credentials = makeCredentials();
const [serverPort, marketPort] = [await freePort(), await freePort()];
const ours = await startProcess({
  name: 'koobridge-server',
  command: server,
  env: {
    ...credentials,
    ...storeCredentials(credentials, `http://127.0.0.1:${marketPort}`),
    PORT: String(serverPort),
    DATABASE_URL: `sqlite:${join(directory, 'server.db')}`,
    LOG_LEVEL: 'error',
  },
});
const store = await startProcess({
  name: 'mock-marketplace',
  command: market,
  env: {
    ...credentials,
    PORT: String(marketPort),
    DATABASE_URL: `sqlite:${join(directory, 'market.db')}`,
    PRODUCTION_ADDRESS: `${ours.url}/production`,
    OUTPUT: 'none',
  },
});

const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`${store.url}/control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
};

const memory = ({ child }: RunningProcess): number => residentMebibytes(child.pid);

interface License {
  readonly code: string;
  readonly status: string;
  readonly expiresAt: string;
}

/** Every seventh lets it expire, the others renew by themselves; every second pays by the month. */
async function buy(number: number): Promise<void> {
  const product = number % 2 === 0 ? 'license-monthly' : 'license-yearly';
  const level = `V${number % 6}`;
  const { license } = (await control('POST', '/orders', { product, customerLevel: level })) as { license: string };
  if (number % 7 !== 0) await control('POST', `/licenses/${license}/auto-renew`, { on: true });
}

async function everywhere(count: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: buyers }, async () => {
      for (let number = next++; number < count; number = next++) await work(number);
    }),
  );
}

/** Moves the clock through the year, and answers the events that happened and the memory at each tenth. */
async function live(): Promise<{ readonly events: number; readonly memories: readonly number[] }> {
  let moving = ((await control('POST', '/clock', { advance: 'P1Y', wait: false })) as Clock).moving;
  const memories: number[] = [];
  let events = 0;
  while (moving !== null) {
    events = moving.done;
    const total = moving.done + moving.remaining;
    const tenth = Math.floor((10 * moving.done) / total);
    if (memories.length <= tenth) {
      memories.push(memory(store));
      console.log(`${String(moving.done).padStart(7)} events, ${moving.remaining} planned   ${memoryLine()}`);
    }
    await setTimeout(250);
    ({ moving } = (await control('GET', '/clock')) as Clock);
  }
  memories.push(memory(store));
  return { events, memories };
}

interface Clock {
  readonly moving: { readonly done: number; readonly remaining: number } | null;
}

const memoryLine = (): string =>
  `marketplace ${memory(store).toFixed(0)} MiB, server ${memory(ours).toFixed(0)} MiB of memory`;

/** Codes of which the store and the server do not say the same. */
async function disagreements(): Promise<readonly string[]> {
  const wrong: string[] = [];
  const headers = { Authorization: `Bearer ${credentials['KOOBRIDGE_ADMIN_TOKEN']}` };
  for (let after = ''; ; ) {
    const page = (await control('GET', `/licenses?limit=1000${after}`)) as readonly License[];
    await everywhere(page.length, async (number) => {
      const { code, status, expiresAt } = page[number] as License; // the number is below the page's length
      const response = await fetch(`${ours.url}/admin/licenses/${code}`, { headers });
      const known = (response.ok ? await response.json() : { status: 'unknown' }) as Partial<License>;
      const untouched = (status === 'ACTIVE' || status === 'EXPIRED') && known.status === 'unknown'; // nobody was told of it yet
      const same = known.status === (status === 'EXPIRED' ? 'ACTIVE' : status);
      const sameEnd = known.expiresAt == null || Date.parse(known.expiresAt) === Date.parse(expiresAt);
      if (!untouched && !(same && sameEnd)) {
        wrong.push(`${code}: store ${status} ${expiresAt}, server ${known.status} ${known.expiresAt}`);
      }
    });
    const last = page.at(-1);
    if (last === undefined || page.length < 1000) return wrong;
    after = `&after=${last.code}`;
  }
}

const started = performance.now();
const secondsSince = (from: number): number => (performance.now() - from) / 1000;
try {
  await everywhere(codes, buy);
  const bought = secondsSince(started);
  console.log(`${codes} codes bought in ${bought.toFixed(1)} s   ${memoryLine()}`);
  const moved = performance.now();
  const { events, memories } = await live();
  const lived = secondsSince(moved);
  const failed = await Promise.all(
    ['RETRYING', 'STOPPED', 'SENDING'].map((status) => control('GET', `/messages?status=${status}&limit=1`)),
  );
  const unfinished = failed.some((page) => (page as readonly unknown[]).length > 0);
  const wrong = await disagreements();
  const growth = (memories.at(-1) ?? 0) / (memories[Math.floor(memories.length / 4)] ?? 1);
  const minutes = secondsSince(started) / 60;
  console.log(
    `\na year of ${codes} codes: ${events} events in ${lived.toFixed(1)} s (${(events / lived).toFixed(0)}/s), ${minutes.toFixed(1)} minutes in all` +
      `\nmemory of the marketplace at the end ÷ at a quarter of the year: ${growth.toFixed(2)}` +
      `\ncodes of which store and server disagree: ${wrong.length}${unfinished ? '; calls failed' : ''}`,
  );
  for (const line of wrong.slice(0, 10)) console.log(line);
  keep({
    [`year_of_${codes}_minutes`]: { value: round(minutes), spread: [round(minutes), round(minutes)] },
    [`year_of_${codes}_rss_growth`]: { value: round(growth), spread: [round(growth), round(growth)] },
  });
  if (wrong.length > 0 || unfinished) process.exitCode = 1;
} finally {
  await Promise.all([store.stop(), ours.stop()]);
  rmSync(directory, { recursive: true, force: true });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
