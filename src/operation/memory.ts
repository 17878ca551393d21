import { createHttp, type Http } from '../livechat/http'
import { createMediaFetcher, type FetchMedia } from '../shared/fetch-media'
import type { Runtime } from '../shared/runtime'
import { createShortNames } from '../shared/short-names'
import { createSingleFlight } from '../shared/single-flight'
import { createTurns, type Turns } from '../shared/turns'

/**
 * What one process keeps between operations. Modules add caches of their own (`declareCache`). All of it may be lost at
 * any time. What we then miss costs more calls, or comes with a later read of the thread.
 */
export type Memory = {
  /** Distinguishes this process from others. */
  processId: string
  /** A short name for an installation. Every key from `scope.key` begins with one. */
  shortName: (name: string) => string
  http: Http
  fetchMedia: FetchMedia
  inTurn: Turns
  /**
   * Runs one attempt per key at a time. Calls that come meanwhile share the result of the attempt: a Botpress id or a
   * token.
   */
  shared: ReturnType<typeof createSingleFlight<string>>
}

export const createMemory = (runtime: Runtime): Memory => ({
  processId: runtime.newId(),
  shortName: createShortNames(1_000),
  http: createHttp(runtime),
  fetchMedia: createMediaFetcher(runtime),
  inTurn: createTurns(),
  shared: createSingleFlight(),
})
