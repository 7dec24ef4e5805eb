import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const server = join(import.meta.dirname, '../..');
/** What the server starts by its name. */
const thread = 'sqlite-thread';

/**
 * The command koobridge-server as a few files without anything to look up, which start in a third of the time. For a
 * test that starts it often; `remove` when nothing runs it any more.
 */
export async function bundleServer(): Promise<{ readonly main: string; remove(): void }> {
  // From here it finds the few packages that stay outside.
  const directory = mkdtempSync(join(server, 'node_modules/.torture-'));
  const bundle = await rolldown({
    input: { main: join(server, 'src/main.ts'), [thread]: join(server, `src/ledger/${thread}.ts`) },
    plugins: [{ name: 'thread', transform: (code) => code.replaceAll(`./${thread}.ts`, `./${thread}.js`) }],
    platform: 'node',
    external: ['pg-native', /^swagger-ui-dist/],
    logLevel: 'silent',
  });
  await bundle.write({ dir: directory, format: 'esm' });
  await bundle.close();
  return { main: join(directory, 'main.js'), remove: () => rmSync(directory, { recursive: true, force: true }) };
}
