/**
 * Row 24: `npm run test:mutation`. docs/mutants.md explains the mutants that survive.
 * @type {import('@stryker-mutator/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.mts', related: false },
  mutate: [
    'src/webhook/verify.ts',
    'src/content/to-end-user/visibility.ts',
    'src/session/relay/create-message.ts',
    'src/livechat/send-event-once.ts',
    'src/livechat/transport/retry.ts',
    'src/shared/downloads/fetch-media.ts',
  ],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
  tempDirName: 'reports/.stryker',
  cleanTempDir: 'always',
  thresholds: { high: 95, low: 90, break: 90 },
}
