/** Secrets of a deployed version, not of a bot. Set them at deploy: `bp deploy --secrets NAME=value`. */
export const secrets = {
  SENTRY_DSN: { optional: true, description: 'Sentry project that learns of unexpected errors. Unset: nobody does' },
  SENTRY_ENVIRONMENT: { optional: true, description: 'Environment that Sentry shows with an error' },
  SENTRY_RELEASE: { optional: true, description: 'Release that Sentry shows with an error' },
} as const
