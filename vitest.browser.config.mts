import { defineConfig } from 'vitest/config'

/** Separate from the other tests, because these need Chromium and fail without it. */
export default defineConfig(({ mode }) => ({
  test: {
    // Pictures for the documents are made on request, so that a test run leaves the working tree as it was.
    provide: { keepsPictures: mode === 'screenshots' },
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/global-setup.ts'],
    // One page at a time, because the tests measure times and take screenshots.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}))
