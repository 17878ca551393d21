import type * as bp from '../../bp'
import { createCache } from '../../shared/cache'
import { crashSiteOf, type CrashSite } from '../../shared/sentry/crash-site'
import { createLog } from '../../shared/log'
import type { Runtime } from '../../shared/runtime'
import { parseDsn, sendCrash } from '../../shared/sentry/sentry'
import { unexpectedIn } from './unexpected'

/**
 * Reports a mistake of this integration to its maintainers. Ignores failures that we expect. Takes at most a second and
 * never throws.
 */
export type Report = (operation: string, error: unknown, logger: bp.Logger) => Promise<void>

const intervalMs = 60_000

/**
 * Writes the code location of each mistake to the maintainers' log. With the secret `SENTRY_DSN`, also sends it to
 * Sentry: each location at most once a minute per process.
 */
export const createReport = (runtime: Runtime): Report => {
  const reported = createCache<{ atMs: number }>(100)
  return async (operation, error, logger) => {
    const cause = unexpectedIn(error)
    if (cause === undefined) return
    const site = crashSiteOf(cause)
    logCrash(logger, site)
    const dsn = process.env['SECRET_SENTRY_DSN']
    if (!dsn) return
    const place = JSON.stringify([site.name, site.frames[0]])
    const last = reported.get(place)
    if (last && runtime.nowMs() - last.atMs < intervalMs) return
    reported.set(place, { atMs: runtime.nowMs() })
    const project = parseDsn(dsn)
    const environment = process.env['SECRET_SENTRY_ENVIRONMENT']
    const release = process.env['SECRET_SENTRY_RELEASE']
    try {
      if (!project) throw new Error('The DSN cannot be read')
      await sendCrash(runtime, project, { ...site, operation, environment, release })
    } catch {
      // The mistake itself is already logged. This line says that Sentry got no report, and whether the DSN is the
      // cause.
      createLog(logger).debug('unexpected_error_not_sent', { isDsnReadable: project !== undefined })
    }
  }
}

/**
 * Writes for the maintainers, not for the bot's owner, so it does not use `forBot`. Leaves out the message, because it
 * may quote end users or agents.
 */
const logCrash = (logger: bp.Logger, { name, frames }: CrashSite): void => {
  const at = frames.slice(0, 8).map((frame) => `${frame.function} ${frame.file}:${frame.line}:${frame.column}`)
  logger.error(`unexpected_error ${JSON.stringify({ name, at })}`)
}
