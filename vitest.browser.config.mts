import { defineConfig } from 'vitest/config'

/** Separate from the other tests, because these need Chromium and fail without it. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/global-setup.ts'],
    // One page at a time, because the tests measure times and take screenshots.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
