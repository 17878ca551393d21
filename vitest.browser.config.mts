import { defineConfig } from 'vitest/config'

/** Apart from the other tests: these need Chromium, and fail without it. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/global-setup.ts'],
    // One page at a time: times are measured, and pictures taken.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
