import { join, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { keptCredentials, storeCredentials } from './credentials.ts';
import { freePort, market, type RunningProcess, root, server, startProcess } from './processes.ts';

const usage = `Usage: npx -y pnpm@12 start [--port 8080] [--market-port 8090] [--directory .koobridge]

Starts the seller's server and the mock marketplace side by side, and shows every callback.
Keys, tokens and both databases are in the directory; they are made on the first run. Port 0 takes a free one.`;

const options = readOptions();
if (options.help) {
  console.log(usage);
  process.exit(0);
}

/** The options of the command line. Wrong ones end the process with 2, after a sentence and the usage. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8080' },
        'market-port': { type: 'string', default: '8090' },
        directory: { type: 'string', default: '.koobridge' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

const directory = resolve(root, options.directory);
const file = join(directory, 'start.env');
const running: RunningProcess[] = [];
const say = (line: string): void => console.log(line);

async function start(): Promise<void> {
  const shared = { ...keptCredentials(file), HOST: '127.0.0.1' };
  const marketPort = options['market-port'] === '0' ? await freePort() : options['market-port'];
  const seller = await startProcess({
    name: 'koobridge-server',
    command: server,
    env: {
      LOG_LEVEL: 'warn',
      ...shared,
      ...storeCredentials(shared, `http://127.0.0.1:${marketPort}`),
      PORT: options.port,
      PRODUCTION_PATH: '/production',
      DATABASE_URL: `sqlite:${join(directory, 'server.db')}`,
    },
    onLine: say,
  });
  running.push(seller);
  const store = await startProcess({
    name: 'mock-marketplace',
    command: market,
    env: {
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
      ...shared,
      PORT: String(marketPort),
      PRODUCTION_ADDRESS: `${seller.url}/production`,
      DATABASE_URL: `sqlite:${join(directory, 'market.db')}`,
    },
    onLine: say,
  });
  running.push(store);
  say(introduction(seller.url, store.url));
  for (const { name, child } of running) child.once('exit', (code) => void end(`${name} ended with ${code}`));
}

function introduction(serverUrl: string, marketUrl: string): string {
  const bold = (text: string): string => styleText('bold', text);
  const json = "-H 'Content-Type: application/json' -d";
  return `
${bold('The seller’s server')}    ${serverUrl}/production
${bold('The mock marketplace')}   ${marketUrl}
${bold('Keys and tokens')}        ${file}

Buy a license, and renew it; its code is in the first answer:

  curl -s ${marketUrl}/control/orders ${json} '{"product":"license-yearly"}'
  curl -s -X POST ${marketUrl}/control/licenses/CODE/renew

See what the server knows of it, and let two years and a month pass:

  . ${file}
  curl -s ${serverUrl}/admin/licenses/CODE -H "Authorization: Bearer $KOOBRIDGE_ADMIN_TOKEN"
  curl -s ${marketUrl}/control/clock ${json} '{"advance":"P2Y1M"}'

Or by commands; the last one tells whether a server, this one or your own, would survive the real store:

  npx -y pnpm@12 market orders buy saas-monthly --market ${marketUrl}
  npx -y pnpm@12 market messages follow --market ${marketUrl}
  npx -y pnpm@12 market conform ${serverUrl}/production

Every callback is shown here, one line out and one line back. Ctrl+C ends both.
`;
}

let ending = false;

async function end(why?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (why !== undefined) console.error(why);
  await Promise.all(running.map((each) => each.stop()));
  process.exit(why === undefined ? 0 : 1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
start().catch((error: unknown) => end(error instanceof Error ? error.message : String(error)));
