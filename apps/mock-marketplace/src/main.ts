#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };
import { serve } from './commands/serve.ts';

const help = `mock-marketplace: the Huawei Cloud KooGallery store, played on this machine

  mock-marketplace serve       sells, keeps a clock that you move, and calls your production server back
  mock-marketplace --help      this text
  mock-marketplace --version   the version

Settings are environment variables: HOST, PORT, DATABASE_URL, KOOBRIDGE_KEYS, PRODUCTION_ADDRESS, SELLER_AK, SELLER_SK,
CALL_TIMEOUT, FREEZE_LICENSES_AFTER, OUTPUT. The README explains them and the calls under /control.

  KOOBRIDGE_KEYS='{"license":[{"id":"k1","secret":"…"}]}' mock-marketplace serve
  curl -X POST localhost:8090/control/orders -d '{"product":"license-yearly"}'
`;

const [command, ...rest] = process.argv.slice(2);

if (command === 'serve' && rest.length === 0) {
  process.exitCode = await serve(process.env, process.stdout, process.stderr);
} else if (command === '--help' || command === '-h') {
  process.stdout.write(help);
} else if (command === '--version') {
  process.stdout.write(`${manifest.version}\n`);
} else {
  process.stderr.write(help);
  process.exitCode = 2;
}
