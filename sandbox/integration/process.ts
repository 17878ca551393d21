import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Readable } from 'node:stream'
import type { VirtualClock } from '../clock'

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

const CHILD = fileURLToPath(new URL('child', import.meta.url))
const KEPT_LOG_LINES = 20_000
const START_LIMIT_MS = 20_000
const CLOCK_LIMIT_MS = 5_000

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
  let running: ChildProcess | undefined
  let port = 0

  const spawn = async (): Promise<void> => {
    const child = fork(`${CHILD}/start.cjs`, [], {
      execArgv: ['--require', `${CHILD}/preload.cjs`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: childEnvironment(options, port, clock?.runs ? clock.nowMs() : setMs),
    })
    running = child
    readLines(child.stdout, addLine)
    readLines(child.stderr, addLine)
    child.on('error', (error) => addLine(`sandbox: ${error.message}`))
    child.once('exit', () => {
      if (running === child) running = undefined
    })
    child.once('close', (code, signal) => addLine(`sandbox: the integration's process ended (${signal ?? code})`))
    try {
      port = (await nextMessage(child, 'listening', START_LIMIT_MS)).port
      await expectHealth(port)
    } catch (error) {
      if (child.kill('SIGKILL')) await once(child, 'close')
      throw new Error(`the integration did not start; its last lines:\n${lines.slice(-20).join('\n')}`, {
        cause: error,
      })
    }
  }

  // Sends one time after another, so that each answer belongs to its own question.
  let lastClockSet = Promise.resolve()
  const setClock = (newMs: number): Promise<void> => {
    setMs = newMs
    lastClockSet = lastClockSet.then(() => (running?.connected ? sendClock(running, newMs) : undefined))
    return lastClockSet
  }

  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const child = running
    if (!child) return
    // `close` comes after the last line of output.
    const ended = once(child, 'close')
    child.kill(signal)
    await ended
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
      await kill()
    },
  }
}

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

type ChildMessage = { type: 'listening'; port: number } | { type: 'clock-set' }

/** The next message of this type. Rejects if the process ends before. */
const nextMessage = <T extends ChildMessage['type']>(
  child: ChildProcess,
  type: T,
  limitMs: number,
): Promise<Extract<ChildMessage, { type: T }>> =>
  new Promise((resolveMessage, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(limit)
      child.off('message', onMessage)
      child.off('exit', onExit)
      settle()
    }
    const onMessage = (message: unknown): void => {
      if ((message as ChildMessage).type !== type) return
      finish(() => resolveMessage(message as Extract<ChildMessage, { type: T }>))
    }
    const onExit = (): void => finish(() => reject(new Error(`the process ended before it sent ${type}`)))
    const limit = setTimeout(() => finish(() => reject(new Error(`no ${type} within ${limitMs} ms`))), limitMs)
    child.on('message', onMessage)
    child.on('exit', onExit)
  })

/** A process that ends meanwhile needs no time: it gets the present time when it is started again. */
const sendClock = async (child: ChildProcess, nowMs: number): Promise<void> => {
  const answered = nextMessage(child, 'clock-set', CLOCK_LIMIT_MS)
  child.send({ type: 'clock', nowMs }, () => undefined)
  await answered.catch((error: unknown) => {
    if (child.connected) throw error
  })
}

const expectHealth = async (port: number): Promise<void> => {
  const answer = await fetch(`http://127.0.0.1:${port}/health`)
  if (!answer.ok) throw new Error(`/health answered ${answer.status}`)
}

/** Splits at line feeds only, because a JSON line may contain other separators in its strings. */
const readLines = (stream: Readable | null, onLine: (line: string) => void): void => {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    parts.forEach(onLine)
  })
  stream?.on('end', () => {
    if (rest !== '') onLine(rest)
  })
}
