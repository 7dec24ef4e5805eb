import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const server = join(import.meta.dirname, '../..');

/**
 * The command koobridge-server as a few files without anything to look up, which start in a third of the time. For a
 * test that starts it often; `remove` when nothing runs it any more.
 */
export async function bundleServer(): Promise<{ readonly main: string; remove(): void }> {
  // From here it finds the few packages that stay outside.
  const directory = mkdtempSync(join(server, 'node_modules/.torture-'));
  const bundle = await rolldown({
    input: join(server, 'src/main.ts'),
    platform: 'node',
    external: ['pg-native', /^swagger-ui-dist/],
    logLevel: 'silent',
  });
  await bundle.write({ dir: directory, format: 'esm' });
  await bundle.close();
  return { main: join(directory, 'main.js'), remove: () => rmSync(directory, { recursive: true, force: true }) };
}
