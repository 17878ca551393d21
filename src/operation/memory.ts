import { createHttp, type Http } from '../livechat/transport/http'
import { watchClock, type SeenClock } from '../livechat/transport/watch-clock'
import { createMediaFetcher, type FetchMedia } from '../shared/downloads/fetch-media'
import type { Runtime } from '../shared/runtime'
import { createShortNames } from '../shared/sentry/short-names'
import { createSingleFlight } from '../shared/single-flight'
import { createGate, createSlots, type Gate, type Slots } from '../shared/downloads/slots'
import { createTurns, type Turns } from '../shared/turns'
import { createUsualTime, type UsualTime } from '../shared/downloads/usual-time'

/**
 * What one process keeps between operations. Modules add caches of their own (`declareCache`). All of it may be lost at
 * any time. We then need more calls, or get what is missing with a later read of the thread.
 */
export type Memory = {
  /** Distinguishes this process from others. */
  processId: string
  /** A short name for an installation. Every key from `scope.key` begins with one. */
  shortName: (name: string) => string
  http: Http
  /** This process's clock, compared with LiveChat's. `undefined` before the first answer of LiveChat. */
  clock: () => SeenClock | undefined
  /** How long a call to Botpress takes. */
  platformCall: UsualTime
  fetchMedia: FetchMedia
  inTurn: Turns
  /** The messages to LiveChat that wait or are being sent. One has at most 128 kB. */
  sends: Gate
  /** The files that are in memory. One has at most 10 MB, and a third more while it is uploaded. */
  files: Slots
  /**
   * Runs one attempt per key at a time. Calls that come meanwhile share the result of the attempt: a Botpress id or a
   * token.
   */
  shared: ReturnType<typeof createSingleFlight<string>>
}

/** @param send makes LiveChat's requests */
export const createMemory = (runtime: Runtime, send = createHttp(runtime)): Memory => {
  const { http, seen } = watchClock(runtime, send)
  return {
    processId: runtime.newId(),
    shortName: createShortNames(1_000),
    http,
    clock: seen,
    platformCall: createUsualTime(),
    fetchMedia: createMediaFetcher(runtime),
    inTurn: createTurns(),
    sends: createGate(500),
    files: createSlots(6),
    shared: createSingleFlight(),
  }
}
