import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.ts';

/**
 * `npx -y pnpm@12 test`: builds, checks and tests every package through turbo, then adds up what the test runs counted.
 * `test:full` also runs the server's other tests on PostgreSQL, beside those that every run proves.
 */
const full = process.argv.includes('--full');
const tasks = ['build', 'typecheck', 'lint', 'test'];
// Two at a time: the test runs start processes and workers of their own.
const turbo = spawnSync('turbo', ['run', ...tasks, '--continue', '--concurrency=2', '--output-logs=new-only'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(full && { TEST_EVERYTHING: 'true' }),
    // Hundreds of tests start a program anew; what it compiles is the same each time.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  },
});

// A run from turbo's cache restores its report, so this counts every package whether or not it ran just now.
const reports = globSync('{packages,apps}/*/reports/vitest.json', { cwd: root })
  .concat(globSync('{bench,examples,scripts}/reports/vitest.json', { cwd: root }))
  .map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Report);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

const total = (count: (report: Report) => number): number => reports.reduce((sum, report) => sum + count(report), 0);
const passed = total((report) => report.numPassedTests);
// A file that cannot even be loaded counts no tests: its failure would not show otherwise.
const failed = total((report) => Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = turbo.status === 0 && failed === 0 && passed > 0 ? 0 : 1;
