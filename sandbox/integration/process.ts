import { resolve } from 'node:path'
import type { VirtualClock } from '../clock'
import { newChild, reusedChild, type Child } from './child'

export type IntegrationOptions = {
  /** A bundle as `bp deploy` would upload it. It runs unchanged. */
  bundlePath: string
  botpressUrl: string
  botpressToken: string
  /** Host name → port on loopback that stands in for it, for http and https alike. Any other address fails at once. */
  addressMap: Record<string, number>
  /**
   * Host name → address that it resolves to, to test guards against private addresses. Only loopback can be connected
   * to.
   */
  nameMap?: Record<string, string>
  /**
   * If given, the process has the time of this clock and follows its moves. `runs`: between them time goes on; otherwise
   * it stands still. Without a clock, the process has real time.
   */
  clock?: Pick<VirtualClock, 'nowMs' | 'onChange'> & { runs?: boolean }
  /** Waits of 50 ms and more in the process (back-off, time limits) end this many times sooner. Default 1. */
  timeScale?: number
  /** Passes the trace id of each operation on to the calls that it makes, so that the ledger can group them. */
  keepsTraces?: boolean
  /** Lets the process run in steps, so that the ledger shows which calls waited for which (`child/steps.cjs`). */
  countsSteps?: boolean
  /**
   * May run in an operating-system process that has run before, and leave it to the next. The bundle is loaded anew, so
   * it knows nothing of the runs before; it starts in a tenth of the time.
   */
  reusesProcess?: boolean
  /** Further variables, such as `BP_WEBHOOK_URL` or `SECRET_…`. Nothing is inherited from this process. */
  env?: Record<string, string>
}

export type IntegrationProcess = {
  /** Stays the same over restarts. */
  readonly url: string
  /** Id of the present process; undefined while none runs. */
  readonly pid: number | undefined
  /** The last lines of standard output and error, over restarts. */
  logs: () => string[]
  /** Calls `listener` for each line from now on; returns a function that stops it. */
  onLog: (listener: (line: string) => void) => () => void
  /**
   * Sets the process' time. Resolves when the process has it. Needs a `clock`; moves of that clock are sent
   * automatically.
   */
  setClock: (nowMs: number) => Promise<void>
  /** Ends the process. Resolves when it has ended. The default signal SIGKILL is like a crash. */
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts a new process at the same address. One that still runs is killed first. */
  restart: () => Promise<void>
  /** Ends the process and stops following the clock. */
  close: () => Promise<void>
}

const KEPT_LOG_LINES = 20_000

/** Runs a bundle in a process of its own, served by the SDK's own server on loopback. */
export const startIntegration = async (options: IntegrationOptions): Promise<IntegrationProcess> => {
  const { clock } = options
  const lines: string[] = []
  const listeners = new Set<(line: string) => void>()
  const addLine = (line: string): void => {
    lines.push(line)
    if (lines.length > KEPT_LOG_LINES) lines.shift()
    for (const listener of listeners) listener(line)
  }

  let setMs = clock?.nowMs()
  let running: Child | undefined
  let port = 0
  const canReuse = reuses(options)

  const spawn = async (): Promise<void> => {
    const child = canReuse ? reusedChild() : newChild(options.env?.NODE_OPTIONS)
    running = child
    const exit = (): void => {
      if (running === child) running = undefined
    }
    try {
      const env = childEnvironment(options, port, clock?.runs ? clock.nowMs() : setMs)
      port = await child.run(env, { line: addLine, exit })
      await expectHealth(port)
    } catch (error) {
      await child.kill('SIGKILL')
      throw new Error(`the integration did not start; its last lines:\n${lines.slice(-20).join('\n')}`, {
        cause: error,
      })
    }
  }

  // Sends one time after another, so that each answer belongs to its own question.
  let lastClockSet = Promise.resolve()
  const setClock = (newMs: number): Promise<void> => {
    setMs = newMs
    lastClockSet = lastClockSet.then(() => running?.setClock(newMs))
    return lastClockSet
  }

  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    await running?.kill(signal)
  }

  await spawn()
  const unfollow = clock?.onChange(setClock)

  return {
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return running?.pid
    },
    logs: () => [...lines],
    onLog: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setClock,
    kill,
    restart: async () => {
      await kill()
      await spawn()
    },
    close: async () => {
      unfollow?.()
      if (!canReuse) return kill()
      const child = running
      running = undefined
      await child?.endRun()
    },
  }
}

/** Traces, steps, options of Node and a clock that runs cannot be taken back from a process. */
const reuses = ({ reusesProcess, keepsTraces, countsSteps, clock, env }: IntegrationOptions): boolean =>
  reusesProcess === true &&
  clock !== undefined &&
  clock.runs !== true &&
  !keepsTraces &&
  !countsSteps &&
  env?.NODE_OPTIONS === undefined

const childEnvironment = (options: IntegrationOptions, port: number, nowMs: number | undefined): NodeJS.ProcessEnv => {
  const {
    bundlePath,
    botpressUrl,
    botpressToken,
    addressMap,
    nameMap,
    timeScale,
    clock,
    keepsTraces,
    countsSteps,
    env,
  } = options
  return {
    TZ: 'UTC',
    BP_API_URL: botpressUrl,
    BP_TOKEN: botpressToken,
    BP_LOG_FORMAT: 'json',
    SANDBOX_BUNDLE: resolve(bundlePath),
    SANDBOX_PORT: String(port),
    SANDBOX_ADDRESS_MAP: JSON.stringify(addressMap),
    SANDBOX_NAME_MAP: JSON.stringify(nameMap ?? {}),
    ...(timeScale === undefined ? {} : { SANDBOX_TIME_SCALE: String(timeScale) }),
    ...(keepsTraces ? { SANDBOX_TRACES: 'yes' } : {}),
    ...(countsSteps ? { SANDBOX_STEPS: 'yes' } : {}),
    ...(nowMs === undefined ? {} : { SANDBOX_CLOCK_MS: String(nowMs) }),
    ...(clock?.runs ? { SANDBOX_CLOCK_RUNS: 'yes' } : {}),
    ...env,
  }
}

const expectHealth = async (port: number): Promise<void> => {
  const answer = await fetch(`http://127.0.0.1:${port}/health`)
  if (!answer.ok) throw new Error(`/health answered ${answer.status}`)
}
