/** Secrets of a deployed version, not of a bot. Set them at deploy: `bp deploy --secrets NAME=value`. */
export const secrets = {
  SENTRY_DSN: {
    optional: true,
    description: 'Sentry project that gets reports of unexpected errors. If it is empty, nothing is reported',
  },
  SENTRY_ENVIRONMENT: { optional: true, description: 'The environment that Sentry shows with an error' },
  SENTRY_RELEASE: { optional: true, description: 'The release that Sentry shows with an error' },
} as const
