import { defineConfig } from 'vitest/config';

/** What every run proves of PostgreSQL: the rest is for `test:full`, since a run has to end within ten minutes. */
const aboutTheDatabase = [
  'test/postgres/**/*.test.ts',
  'test/outbox/{at-least-once,claims,failure,order-of-events,put}*.test.ts',
  'test/handlers/order-of-calls.test.ts',
  'test/instances/{create-once,life-over-http}.test.ts',
  'test/kit/{interfaces,long-lists}.test.ts',
  'test/ledger/{overtaken,receipts}.test.ts',
  'test/licenses/delivery-order-over-http.test.ts',
  'test/process/{kill,migrate}.test.ts',
  'test/production/{answer-deadline,replay}.test.ts',
];

/** Nothing to do with a database, or with SQLite's own files. */
const notOnPostgres = [
  'test/{config,observe,reference,storage,torture}/**',
  'test/hostile/{connections,deadlines,slow-refusals}.test.ts',
  'test/ledger/{durability,group-commit,migration,presence,probe,retention}.test.ts',
  'test/process/{backup,hung-disk,no-secrets,no-secrets-of-kit-and-v1,log-cannot-be-written,syncs}.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/vitest.json' },
    // Real files, sockets and processes on a machine that tests other packages at the same time.
    testTimeout: 40_000,
    hookTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          // No file changes for good what it imports, so files share it, which saves a third of the time.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/postgres/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          env: { TEST_DATABASE: 'postgres' },
          testTimeout: 60_000,
          globalSetup: 'test/postgres/global-setup.ts',
          include: process.env['TEST_EVERYTHING'] === 'true' ? ['test/**/*.test.ts'] : aboutTheDatabase,
          exclude: notOnPostgres,
        },
      },
    ],
  },
});
