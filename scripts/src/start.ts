import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, styleText } from 'node:util';
import { makeCredentials, storeCredentials } from './credentials.ts';
import { market, type RunningProcess, root, server, startProcess } from './processes.ts';

/** `npx -y pnpm@12 start`: the server and the marketplace side by side, keys made on the first run. */
const directory = join(root, '.koobridge');
const file = join(directory, 'start.env');
const serverPort = '8080';
const marketPort = '8090';

function credentials(): Record<string, string> {
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    const lines = Object.entries(makeCredentials()).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(file, lines.join(''), { mode: 0o600 });
  }
  const read = parseEnv(readFileSync(file, 'utf8'));
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value ?? '']));
}

const shared = credentials();
const host = process.env['HOST'] ?? '127.0.0.1';
const marketUrl = `http://127.0.0.1:${marketPort}`;
const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
const say = (line: string): void => console.log(line);
const running: RunningProcess[] = [];

async function main(): Promise<void> {
  running.push(
    await startProcess({
      name: 'koobridge-server',
      command: server,
      env: { LOG_LEVEL: 'warn', ...shared, ...storeCredentials(shared, marketUrl), HOST: host, PORT: serverPort },
      onLine: say,
    }),
  );
  const production = `http://127.0.0.1:${serverPort}${process.env['PRODUCTION_PATH'] ?? '/production'}`;
  running.push(
    await startProcess({
      name: 'mock-marketplace',
      command: market,
      env: { ...colour, ...shared, HOST: host, PORT: marketPort, PRODUCTION_ADDRESS: production },
      onLine: say,
    }),
  );
  say(introduction(production));
  for (const { name, child } of running) {
    child.once('exit', (code) => void end(`${name} ended with ${code}`));
  }
}

function introduction(production: string): string {
  const bold = (text: string): string => styleText('bold', text);
  return `
${bold('The seller’s server')}    ${production}
${bold('The mock marketplace')}   ${marketUrl}
${bold('Keys and tokens')}        .koobridge/start.env (yours alone; delete it to get new ones)

Buy a license, and renew it (the code is in the first answer):

  curl -s ${marketUrl}/control/orders -H 'Content-Type: application/json' -d '{"product":"license-yearly"}'
  curl -s -X POST ${marketUrl}/control/licenses/<code>/renew

See what the server knows of it, and let a year and a month pass:

  curl -s http://127.0.0.1:${serverPort}/admin/licenses/<code> -H "Authorization: Bearer $(sed -n "s/^KOOBRIDGE_ADMIN_TOKEN='\\(.*\\)'$/\\1/p" .koobridge/start.env)"
  curl -s ${marketUrl}/control/clock -H 'Content-Type: application/json' -d '{"advance":"P1Y1M"}'

Every callback is shown here, one line out and one line back. Ctrl+C ends both.
`;
}

let ending = false;

async function end(why?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (why !== undefined) console.error(why);
  await Promise.all(running.map((child) => child.stop()));
  process.exit(why === undefined ? 0 : 1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
main().catch((error: unknown) => end(error instanceof Error ? error.message : String(error)));
