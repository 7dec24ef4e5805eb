import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 40_000,
    isolate: false,
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/vitest.json' },
  },
});
