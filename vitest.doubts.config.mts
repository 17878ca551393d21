import { defineConfig } from 'vitest/config'

/** The scenarios with other beliefs about the vendors: see scripts/doubts.ts. */
export default defineConfig({
  test: {
    include: ['test/scenarios/**/*.test.ts'],
    // Has settings of its own; the demo tells the same story under each.
    exclude: ['test/scenarios/platform/doubts.test.ts'],
    setupFiles: ['test/helpers/other-beliefs.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
})
