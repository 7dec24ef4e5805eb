import { type Serving, startServing } from '../serving.ts';
import { readSettings } from '../settings.ts';

/** `mock-marketplace serve`: 2 when the settings are wrong, 1 when it cannot start, 0 after a signal to stop. */
export async function serve(
  variables: NodeJS.ProcessEnv,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Promise<number> {
  const reading = readSettings(variables);
  if (!reading.ok) {
    stderr.write(
      `mock-marketplace cannot start with these settings:\n${reading.errors.map((error) => `  ${error}\n`).join('')}` +
        '"npx -y pnpm@12 start" makes keys in .koobridge/start.env; "set -a; . .koobridge/start.env; set +a" takes them from there.\n',
    );
    return 2;
  }
  const report = (error: unknown): void =>
    void stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const signalled = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  let serving: Serving;
  try {
    serving = await startServing(reading.settings, stdout, report);
  } catch (error) {
    stderr.write(`mock-marketplace cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  stdout.write(`mock-marketplace listening on ${serving.url}\n`);
  stdout.write(`callbacks go to ${reading.settings.productionAddress}\n`);
  serving.resume();
  await signalled;
  await serving.stop();
  return 0;
}
