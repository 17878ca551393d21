import { defineConfig } from 'vitest/config'

/** Runs the scenarios with other beliefs about the vendors: see scripts/doubts.ts. */
export default defineConfig({
  test: {
    include: ['test/scenarios/**/*.test.ts'],
    // This file sets its own knobs, and plays the same story as the demo.
    exclude: ['test/scenarios/platform/doubts.test.ts'],
    setupFiles: ['test/helpers/other-beliefs.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // The same as in vitest.config.mts.
    maxWorkers: '150%',
    isolate: false,
  },
})
