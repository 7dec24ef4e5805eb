import { defineConfig } from 'vitest/config';

/** What has to do with how the ledger is kept, and one life of every interface. */
const aboutTheDatabase = [
  'test/{postgres,outbox,confirmation,handlers,orders}/**/*.test.ts',
  'test/admin/{callbacks,events,health,licenses,metrics}.test.ts',
  'test/instances/{admission,asynchronous-create,attention,create-once,license-application,license-upload,life-over-http,order-of-purchase,query}.test.ts',
  'test/kit/{client-secret,interfaces,kept-sealed,long-lists,overtaken,purge}.test.ts',
  'test/ledger/{overtaken,receipts}.test.ts',
  'test/licenses/delivery-order-over-http.test.ts',
  'test/process/{command,kill,migrate,stray-errors}.test.ts',
  'test/production/{answer-deadline,debugging-traffic,replay}.test.ts',
  'test/v1/{get-license,kit,life,new-instance,refresh}.test.ts',
];

/** Nothing to do with a database, or with SQLite's own files. */
const notOnPostgres = [
  'test/{config,observe,reference,storage}/**',
  'test/ledger/{durability,group-commit,migration,probe,retention}.test.ts',
  'test/process/{no-secrets,no-secrets-of-kit-and-v1,log-cannot-be-written}.test.ts',
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
      { extends: true, test: { name: 'sqlite', include: ['test/**/*.test.ts'], exclude: ['test/postgres/**'] } },
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
