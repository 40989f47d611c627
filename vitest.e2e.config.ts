import { defineConfig } from 'vitest/config';

// End-to-end tests in a real Chromium (system package `chromium`), against a real server on a fresh data folder.
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 180_000,
    // A busy machine answers late; what never comes still fails.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
