import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Files share a worker's modules; each test has a marketplace of its own.
    isolate: false,
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/vitest.json' },
    // Some tests start processes, and a machine may be busy.
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
