import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/vitest.json' },
    // Real files, sockets and processes on a machine that tests other packages at the same time.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
