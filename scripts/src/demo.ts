import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCredentials, storeCredentials } from './credentials.ts';
import { longLife, shortLife } from './demo/lives.ts';
import { Narrator } from './demo/narrator.ts';
import { freePort, market, type RunningProcess, server, startProcess } from './processes.ts';

/**
 * `npx -y pnpm@12 demo`: both servers on free ports, two codes from purchase to release. Exits with 0 only if every
 * step was what the protocol says.
 */
const directory = mkdtempSync(join(tmpdir(), 'koobridge-demo-'));
const credentials = makeCredentials();
const running: RunningProcess[] = [];
const begun = performance.now();

async function play(): Promise<Narrator> {
  const marketPort = await freePort();
  const common = { ...credentials, HOST: '127.0.0.1' };
  const seller = await startProcess({
    name: 'koobridge-server',
    command: server,
    env: {
      ...common,
      ...storeCredentials(credentials, `http://127.0.0.1:${marketPort}`),
      PORT: '0',
      PRODUCTION_PATH: '/production',
      LOG_LEVEL: 'error',
      DATABASE_URL: `sqlite:${join(directory, 'server.db')}`,
    },
    onLine: (line) => console.error(line),
  });
  running.push(seller);
  const store = await startProcess({
    name: 'mock-marketplace',
    command: market,
    env: {
      ...common,
      PORT: String(marketPort),
      PRODUCTION_ADDRESS: `${seller.url}/production`,
      DATABASE_URL: `sqlite:${join(directory, 'market.db')}`,
    },
  });
  running.push(store);
  console.log(`the seller’s server  ${seller.url}\nthe mock marketplace ${store.url}`);

  const narrator = new Narrator();
  const stage = {
    serverUrl: seller.url,
    marketUrl: store.url,
    adminToken: credentials['KOOBRIDGE_ADMIN_TOKEN'] ?? '',
    ak: credentials['SELLER_AK'] ?? '',
    sk: credentials['SELLER_SK'] ?? '',
  };
  await longLife(stage, narrator);
  await shortLife(stage, narrator);
  return narrator;
}

try {
  const { mistakes } = await play();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    mistakes === 0 ? `\nEvery step was as documented, in ${seconds} s.` : `\n${mistakes} steps were not as documented.`,
  );
  process.exitCode = mistakes === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await Promise.all(running.map((each) => each.stop()));
  rmSync(directory, { recursive: true, force: true });
}
