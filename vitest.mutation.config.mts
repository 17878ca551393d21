import { defineConfig } from 'vitest/config'

/** The tests that must find the mutants of row 24. They import the sources, because the bundle contains no mutants. */
export default defineConfig({
  test: {
    include: [
      'src/webhook/verify.test.ts',
      'src/content/to-end-user/visibility.test.ts',
      'src/session/relay/create-message.test.ts',
      'src/livechat/transport/retry.test.ts',
      'src/livechat/send-event-once.test.ts',
      'src/shared/downloads/fetch-media.test.ts',
      'src/shared/downloads/fetch-media.responses.test.ts',
    ],
    testTimeout: 20_000,
  },
})
