import { createIntegration } from '../../src/index'
import { createMemory, type Memory } from '../../src/operation/memory'
import type { Runtime } from '../../src/shared/runtime'
import { seededRandom } from '../../sandbox/random'
import { holdTime, releaseTime } from './everything-else'
import type { Timeline } from './timeline'

/** Names the process of a LiveChat call to the transport. It never reaches the emulator. */
export const PROCESS_HEADER = 'x-weather-process'
/** Names the process that fetches a file, after the address. Nobody sends this part of an address to a server. */
export const PROCESS_MARK = '#weather-process='

type Options = {
  name: string
  timeline: Timeline
  seed: number
  /** By how much the clock of its machine is ahead. */
  clockAheadMs: number
}

/**
 * One process of the integration: the code of `src/` with a memory of its own. It can be killed, and frozen after an
 * answer, as serverless platforms do. A frozen process goes on with what reached it meanwhile when it is thawed.
 */
export class Process {
  public readonly name: string
  public readonly integration: ReturnType<typeof createIntegration>
  public isAlive = true
  /** Operations that have begun and have not answered. */
  public open = 0
  private readonly holdings = new Map<string, number>()
  private fetches = 0
  private isFrozen = false
  private held: (() => void)[] = []

  public constructor({ name, timeline, seed, clockAheadMs }: Options) {
    this.name = name
    const runtime = this.createRuntime(timeline, seededRandom(seed), clockAheadMs)
    const memory = createMemory(runtime)
    const http: Memory['http'] = (request, deadline) =>
      memory.http({ ...request, headers: { ...request.headers, [PROCESS_HEADER]: name } }, deadline)
    const fetchMedia: Memory['fetchMedia'] = (address, maxBytes, outer) =>
      this.fetch(memory.fetchMedia, address, maxBytes, outer)
    this.integration = createIntegration(runtime, this.counted({ ...memory, http, fetchMedia }))
  }

  /** Lets something reach the process: an answer, the end of a wait. A dead process never notices. */
  public deliver(run: () => void): void {
    if (!this.isAlive) return
    if (this.isFrozen) this.held.push(run)
    else run()
  }

  public freeze(): void {
    this.isFrozen = true
  }

  public thaw(): void {
    if (!this.isFrozen) return
    this.isFrozen = false
    const { held } = this
    this.held = []
    for (const run of held) this.deliver(run)
  }

  /** What the process has taken and not given back. Nobody can tell this of a frozen one. */
  public holds(): string[] {
    return this.isFrozen ? [] : [...this.holdings].flatMap(([what, count]) => (count === 0 ? [] : `${count} ${what}`))
  }

  /** The first file of a process loads a package, which takes real time. The request then shows that it is loaded. */
  private async fetch(fetchMedia: Memory['fetchMedia'], address: string, ...rest: [number, AbortSignal?]) {
    if (!address.startsWith('https:')) return fetchMedia(address, ...rest)
    const mark = `${this.name}/${++this.fetches}`
    holdTime(mark)
    try {
      return await fetchMedia(address + PROCESS_MARK + mark, ...rest)
    } finally {
      releaseTime(mark)
    }
  }

  /** The same memory, but counts turns, places and slots that are in use. */
  private counted(memory: Memory): Memory {
    const { inTurn, sends, files } = memory
    return {
      ...memory,
      inTurn: async (...turn) => {
        const leave = this.hold('turns')
        try {
          return await inTurn(...turn)
        } finally {
          leave()
        }
      },
      sends: { enter: () => this.leaving('sends', sends.enter()) },
      files: { enter: async (signal) => this.leaving('files', await files.enter(signal)) },
    }
  }

  private leaving<Leave extends (() => void) | undefined>(what: string, leave: Leave): Leave | (() => void) {
    if (!leave) return leave
    const forget = this.hold(what)
    return () => {
      forget()
      leave()
    }
  }

  private hold(what: string): () => void {
    const change = (by: number): void => void this.holdings.set(what, (this.holdings.get(what) ?? 0) + by)
    let isHeld = true
    change(1)
    return () => {
      if (isHeld) change(-1)
      isHeld = false
    }
  }

  private createRuntime(timeline: Timeline, random: () => number, clockAheadMs: number): Runtime {
    let ids = 0
    const setTimer: Runtime['setTimer'] = (durationMs, run) => {
      let isCancelled = false
      const cancel = timeline.setTimer(durationMs, () =>
        this.deliver(() => {
          if (!isCancelled) run()
        }),
      )
      return () => {
        isCancelled = true
        cancel()
      }
    }
    return {
      nowMs: () => timeline.nowMs() + clockAheadMs,
      random,
      newId: () => `${this.name}-${String(++ids).padStart(4, '0')}-${Math.floor(random() * 1e9)}`,
      setTimer,
      sleep: (durationMs, signal) =>
        new Promise((resolve, reject) => {
          const fail = (): void => {
            cancel()
            reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted'))
          }
          const cancel = setTimer(durationMs, () => {
            signal.removeEventListener('abort', fail)
            resolve()
          })
          if (signal.aborted) fail()
          else signal.addEventListener('abort', fail, { once: true })
        }),
    }
  }
}
