import crypto from 'node:crypto'
import net from 'node:net'
import QuickLRU from 'quick-lru'
import { seededRandom } from '../../sandbox/random'
import type { Timeline } from './timeline'

/** What stands in for the machine while a world runs. */
type Machine = {
  timeline: Timeline
  fetch: typeof fetch
  /** Takes each line that anybody writes to the console. */
  onLine: (line: string) => void
  /** If given, each cache keeps only about as many entries. */
  cacheEntries: number | undefined
}

/** Before the first world, modules are loaded. They get the real machine. */
let machine: Machine | undefined
let random = Math.random

/** Makes this world the one that everything in this process lives in. */
export const enterWorld = (next: Machine, seed: number): void => {
  machine = next
  random = seededRandom(seed)
}

/**
 * Replaces what Node offers for time, waiting, chance, console and network. While a world runs, nothing in this process
 * waits in real time, and nothing reaches a socket: a library's own waits and retries follow the virtual clock, too.
 * Call it once, before anything else is imported that may keep a global for itself.
 */
export const replaceGlobals = (): void => {
  replaceTime()
  replaceTimers()
  replaceChance()
  replaceNetwork()
  replaceConsole()
  replaceThreads()
  replaceCaches()
}

const replaceTime = (): void => {
  const RealDate = Date
  const realNow = Date.now
  const nowMs = (): number => machine?.timeline.nowMs() ?? realNow()
  RealDate.now = nowMs
  const WorldDate = new Proxy(RealDate, {
    construct: (target, args, newTarget): Date =>
      Reflect.construct(target, args.length === 0 ? [nowMs()] : args, newTarget) as Date,
    apply: () => new RealDate(nowMs()).toString(),
  })
  Object.defineProperty(RealDate.prototype, 'constructor', { value: WorldDate })
  globalThis.Date = WorldDate
  const realElapsed = performance.now.bind(performance)
  Object.defineProperty(performance, 'now', { value: () => machine?.timeline.nowMs() ?? realElapsed() })
}

type Run = (...args: unknown[]) => void

/** A timer of a world. Like one of Node's it can be cancelled, and asked not to keep the process alive. */
class WorldTimer {
  public constructor(public readonly cancel: () => void) {}
  public ref(): this {
    return this
  }
  public unref(): this {
    return this
  }
}

const replaceTimers = (): void => {
  const { setTimeout: realTimeout, setImmediate: realImmediate, clearTimeout: realClear } = globalThis
  const stop = (timer: WorldTimer | NodeJS.Timeout | undefined): void => {
    if (timer instanceof WorldTimer) timer.cancel()
    else realClear(timer)
  }
  Object.assign(globalThis, {
    setTimeout: (run: Run, delayMs = 0, ...args: unknown[]) =>
      machine
        ? new WorldTimer(machine.timeline.setTimer(delayMs, () => run(...args)))
        : realTimeout(run, delayMs, ...args),
    setImmediate: (run: Run, ...args: unknown[]) =>
      machine ? new WorldTimer(machine.timeline.setTimer(0, () => run(...args))) : realImmediate(run, ...args),
    clearTimeout: stop,
    clearImmediate: stop,
  })
  const realAbort = AbortSignal.timeout.bind(AbortSignal)
  AbortSignal.timeout = (delayMs) => {
    if (!machine) return realAbort(delayMs)
    const controller = new AbortController()
    machine.timeline.setTimer(delayMs, () => controller.abort(new DOMException('Too late', 'TimeoutError')))
    return controller.signal
  }
}

const replaceChance = (): void => {
  Math.random = () => random()
  const realUuid = globalThis.crypto.randomUUID.bind(globalThis.crypto)
  globalThis.crypto.randomUUID = () => {
    if (machine) throw new Error('An id was not taken from the runtime')
    return realUuid()
  }
}

const replaceNetwork = (): void => {
  globalThis.fetch = (...request) => {
    if (!machine) throw new Error('No world runs, and so there is no network')
    return machine.fetch(...request)
  }
  net.Socket.prototype.connect = () => {
    throw new Error('A socket was opened in the simulation')
  }
}

const replaceConsole = (): void => {
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    const real = console[level].bind(console)
    console[level] = (...parts: unknown[]) => (machine ? machine.onLine(parts.map(String).join(' ')) : real(...parts))
  }
}

/** A slow hash runs in another thread, which the virtual clock would not wait for. Here a quick one stands in for it. */
const replaceThreads = (): void => {
  const scrypt = (...args: unknown[]): void => {
    const [password, salt, length] = args as Parameters<typeof crypto.scryptSync>
    const options = args.length === 5 ? (args[3] as crypto.ScryptOptions) : {}
    const done = args.at(-1) as (error: Error | null, key: Buffer) => void
    const name = JSON.stringify([password, salt, options])
    done(null, crypto.createHash('shake256', { outputLength: length }).update(name).digest())
  }
  Object.assign(crypto, { scrypt })
}

/** A cache of a world whose processes have little memory keeps only this many entries. */
const replaceCaches = (): void => {
  // The prototype's own function is called below with the cache as `this`.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { set } = QuickLRU.prototype
  QuickLRU.prototype.set = function (...entry) {
    const most = machine?.cacheEntries
    if (most !== undefined && this.maxSize > most) this.resize(most)
    return set.apply(this, entry)
  }
}
