import type * as bp from '../bp'
import { crashSiteOf } from '../shared/crash-site'
import { createLog } from '../shared/log'
import { createCache, type Runtime } from '../shared/runtime'
import { parseDsn, sendCrash } from '../shared/sentry'
import { unexpectedIn } from './unexpected'

/** Tells the maintainers of a failure that nobody foresaw. Ends before the answer, within a second, and never throws. */
export type Report = (operation: string, error: unknown, logger: bp.Logger) => Promise<void>

const intervalMs = 60_000

/**
 * Reports to the Sentry project of the secrets, each place of failure once a minute and process. Without a DSN, does
 * nothing; with one, nothing until something fails.
 */
export const createReport = (runtime: Runtime): Report => {
  const reported = createCache<{ atMs: number }>(100)
  return async (operation, error, logger) => {
    const dsn = process.env['SECRET_SENTRY_DSN']
    const cause = dsn ? unexpectedIn(error) : undefined
    if (!dsn || cause === undefined) return
    const site = crashSiteOf(cause)
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
      // What matters has been logged; whoever looks for reports learns here why there are none.
      createLog(logger).debug('crash_not_reported', { isDsnReadable: project !== undefined })
    }
  }
}

/** The same operation, of which failures are reported. */
export const reporting =
  <P extends { logger: bp.Logger }, R>(report: Report, operation: string, run: (props: P) => Promise<R>) =>
  async (props: P): Promise<R> => {
    try {
      return await run(props)
    } catch (error) {
      await report(operation, error, props.logger)
      throw error
    }
  }
