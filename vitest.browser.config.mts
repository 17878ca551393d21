import { defineConfig } from 'vitest/config'

/** These tests measure times, so nothing runs beside them. */
const MEASURING = 'test/browser/speed.test.ts'

// Vitest resolves each project with a mode of its own, so what was asked for is only in the command.
const keepsPictures = process.argv.includes('screenshots')

/** Separate from the other tests, because these need Chromium and fail without it. */
export default defineConfig({
  test: {
    // Pictures for the documents are made on request, so that a test run leaves the working tree as it was.
    provide: { keepsPictures },
    globalSetup: ['test/browser/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['test/browser/**/*.test.ts'],
          exclude: [MEASURING],
          // Each page waits for its sandbox and each sandbox for its page, so two of them fill two cores.
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'speed', include: [MEASURING], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
