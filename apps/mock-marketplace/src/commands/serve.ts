import { once } from 'node:events';
import { jsonLines, lines } from '../callbacks/output.ts';
import { type Serving, startServing } from '../serving.ts';
import { readSettings, type Settings } from '../settings.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { type Ended, exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export const command: Command = {
  actions: [
    action({
      name: '',
      words: [],
      summary: 'Opens the store at HOST and PORT, until it is told to stop by SIGINT or SIGTERM.',
      options: {},
      run: ({ values, terminal }) => serve(terminal, values.json ?? false),
    }),
  ],
  examples: ['serve', 'serve --json', 'serve --help'],
  notes: `Settings are environment variables: HOST, PORT, DATABASE_URL, KOOBRIDGE_KEYS, PRODUCTION_ADDRESS, SELLER_AK,
SELLER_SK, CALL_TIMEOUT, FREEZE_LICENSES_AFTER, FREEZE_INSTANCES_AFTER, SEED, PROFILE, LOGIN_ORIGIN, OUTPUT. The README explains them.
With --json, the line that says where it listens is an object, and so is each line of a call.`,
};

/** 2 when the settings are wrong, 1 when it cannot start, 0 after a signal to stop. */
async function serve(terminal: Terminal, json: boolean): Promise<Ended> {
  const { stdout, stderr, variables } = terminal;
  const reading = readSettings(variables);
  if (!reading.ok) {
    stderr.write(
      `mock-marketplace cannot start with these settings:\n${reading.errors.map((error) => `  ${error}\n`).join('')}` +
        '"npx -y pnpm@12 start" makes keys in .koobridge/start.env; "set -a; . .koobridge/start.env; set +a" takes them from there.\n',
    );
    return exitCode.misused;
  }
  const report = (error: unknown): void =>
    void stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const interrupted = terminal.interrupted();
  const { settings } = reading;
  let serving: Serving;
  try {
    serving = await startServing(settings, stdout, report, json ? jsonLines : lines);
  } catch (error) {
    stderr.write(`mock-marketplace cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCode.refused;
  }
  stdout.write(json ? `${JSON.stringify(announcement(serving, settings))}\n` : introduction(serving, settings));
  serving.resume();
  if (!interrupted.aborted) await once(interrupted, 'abort');
  await serving.stop();
  return exitCode.done;
}

const announcement = ({ url, seed, profile }: Serving, settings: Settings) => ({
  url,
  productionAddress: settings.productionAddress,
  seed: seed(),
  profile: profile(),
  database: settings.database,
  callTimeoutMs: settings.callTimeoutMs,
  freezeAfter: settings.freezeMoments,
});

function introduction({ url, seed, profile }: Serving, settings: Settings): string {
  const { productionAddress, database, callTimeoutMs, freezeMoments } = settings;
  const market = url === defaultMarket ? '' : ` --market ${url}`;
  return `mock-marketplace listening on ${url}
callbacks go to ${productionAddress}
seed ${JSON.stringify(seed())} · profile ${profile()} · database ${database} · calls end after ${callTimeoutMs / 1000} s · License codes freeze after ${freezeMoments.LICENSE_CODE}, instances after ${freezeMoments.SAAS}
try next: npx -y pnpm@12 market orders buy license-yearly${market} · npx -y pnpm@12 market messages follow${market} · ${url}/control/openapi.json
`;
}

const defaultMarket = 'http://127.0.0.1:8090';
