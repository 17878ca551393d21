import { createHttp, type Http } from '../livechat/http'
import { createMediaFetcher, type FetchMedia } from '../shared/fetch-media'
import type { Runtime } from '../shared/runtime'
import { createShortNames } from '../shared/short-names'
import { createSingleFlight } from '../shared/single-flight'
import { createTurns, type Turns } from '../shared/turns'

/**
 * What one process keeps between operations. Modules add caches of their own (`declareCache`). All of it may be lost at
 * any time: it only saves calls.
 */
export type Memory = {
  /** Tells this process from others. */
  processId: string
  /** A short stand-in for an installation, with which every key begins. */
  shortName: (name: string) => string
  http: Http
  fetchMedia: FetchMedia
  inTurn: Turns
  /** One attempt per key at a time; others share its result, a Botpress id or a token. */
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
