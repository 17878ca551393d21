import { createIntegration } from '../../src/index'
import { createMemory, type Memory } from '../../src/operation/memory'
import type { Runtime } from '../../src/shared/runtime'
import { seededRandom } from '../../sandbox/random'
import type { Timeline } from './timeline'

/** Names the process of a LiveChat call to the transport. It never reaches the emulator. */
export const PROCESS_HEADER = 'x-weather-process'

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
  private isFrozen = false
  private held: (() => void)[] = []

  public constructor({ name, timeline, seed, clockAheadMs }: Options) {
    this.name = name
    const runtime = this.createRuntime(timeline, seededRandom(seed), clockAheadMs)
    const memory = createMemory(runtime)
    const http: Memory['http'] = (request, deadline) =>
      memory.http({ ...request, headers: { ...request.headers, [PROCESS_HEADER]: name } }, deadline)
    this.integration = createIntegration(runtime, { ...memory, http })
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
