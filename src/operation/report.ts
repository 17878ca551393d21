import type * as bp from '../bp'
import { createCache } from '../shared/cache'
import { crashSiteOf, type CrashSite } from '../shared/crash-site'
import { createLog } from '../shared/log'
import type { Runtime } from '../shared/runtime'
import { parseDsn, sendCrash } from '../shared/sentry'
import { unexpectedIn } from './unexpected'

/**
 * Tells the maintainers of a mistake of this integration; does nothing for failures that we expect. Ends within a second
 * and never throws.
 */
export type Report = (operation: string, error: unknown, logger: bp.Logger) => Promise<void>

const intervalMs = 60_000

/**
 * Writes the place of each mistake to the maintainers' log and, with the secret `SENTRY_DSN`, to Sentry: each place once
 * a minute and process.
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
      if (!project) throw new Error('The DSN is none')
      await sendCrash(runtime, project, { ...site, operation, environment, release })
    } catch {
      // What matters has been logged; this line tells why no report arrives.
      createLog(logger).debug('crash_not_reported', { isDsnReadable: project !== undefined })
    }
  }
}

/** For the maintainers, not for the bot's owner: `forBot` is left out. Messages may quote what people said. */
const logCrash = (logger: bp.Logger, { name, frames }: CrashSite): void => {
  const at = frames.slice(0, 8).map((frame) => `${frame.function} ${frame.file}:${frame.line}:${frame.column}`)
  logger.error(`unexpected_error ${JSON.stringify({ name, at })}`)
}
