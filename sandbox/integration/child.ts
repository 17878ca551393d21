import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Readable } from 'node:stream'

/** An operating-system process that runs bundles, one after another. */
export type Child = {
  readonly pid: number | undefined
  /** Begins a run with these variables. Resolves with the port at which the bundle listens. */
  run: (env: NodeJS.ProcessEnv, heard: Heard) => Promise<number>
  /** Sets the process' time. A process that ends meanwhile needs none. */
  setClock: (nowMs: number) => Promise<void>
  /** Ends the run, and what it has open. The process waits for another run, or ends if this one is not at rest. */
  endRun: () => Promise<void>
  /** Resolves when the process has ended and its last line has come. */
  kill: (signal: NodeJS.Signals) => Promise<void>
}

/** What is heard of a run while it lasts. */
export type Heard = {
  line: (line: string) => void
  /** The process has ended. */
  exit: () => void
}

type ChildMessage = { type: 'listening'; port: number } | { type: 'clock-set' } | { type: 'run-ended' }

const CHILD = fileURLToPath(new URL('child', import.meta.url))
const START_LIMIT_MS = 20_000
const CLOCK_LIMIT_MS = 5_000
const END_LIMIT_MS = 2_000
/** Each run leaves a little memory behind. */
const MOST_RUNS = 50
const MOST_WAITING = 4
/** The process writes it to each of its outputs at the end of a run. */
const LAST_LINE = 'sandbox: run ended'

/** Processes between two runs. They do not keep this process from ending, and end with it. */
const waiting: Child[] = []

/** A process that has run before, or else a new one. */
export const reusedChild = (): Child => waiting.pop() ?? newChild()

/** @param nodeOptions `NODE_OPTIONS` of the process */
export const newChild = (nodeOptions?: string): Child => {
  const child = fork(`${CHILD}/start.cjs`, [], {
    execArgv: ['--require', `${CHILD}/preload.cjs`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { TZ: 'UTC', ...(nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }) },
  })
  let heard: Heard | undefined
  let runs = 0
  let lastLines = 0
  let onLastLines = (): void => undefined
  for (const stream of [child.stdout, child.stderr])
    readLines(stream, (line) => {
      if (line !== LAST_LINE) return heard?.line(line)
      lastLines += 1
      if (lastLines % 2 === 0) onLastLines()
    })
  child.on('error', (error) => heard?.line(`sandbox: ${error.message}`))
  child.once('exit', () => {
    const at = waiting.indexOf(self)
    if (at >= 0) waiting.splice(at, 1)
    heard?.exit()
  })
  child.once('close', (code, signal) => heard?.line(`sandbox: the integration's process ended (${signal ?? code})`))

  const send = (message: object): void => void child.send(message, () => undefined)

  const kill: Child['kill'] = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    // `close` comes after the last line of output.
    const ended = once(child, 'close')
    child.kill(signal)
    await ended
  }

  const self: Child = {
    pid: child.pid,
    run: async (env, hearing) => {
      heard = hearing
      runs += 1
      keepsParent(child, true)
      send({ type: 'run', env })
      return (await nextMessage(child, 'listening', START_LIMIT_MS)).port
    },
    setClock: async (nowMs) => {
      if (!child.connected) return
      const answered = nextMessage(child, 'clock-set', CLOCK_LIMIT_MS)
      send({ type: 'clock', nowMs })
      await answered.catch((error: unknown) => {
        if (child.connected) throw error
      })
    },
    endRun: async () => {
      const linesCame = new Promise<void>((done) => (onLastLines = done))
      const ended = nextMessage(child, 'run-ended', END_LIMIT_MS)
      send({ type: 'end-run' })
      const isAtRest = await Promise.all([ended, linesCame]).then(
        () => true,
        () => false,
      )
      heard = undefined
      if (!isAtRest || runs >= MOST_RUNS || waiting.length >= MOST_WAITING) return kill('SIGKILL')
      keepsParent(child, false)
      waiting.push(self)
    },
    kill,
  }
  return self
}

/** Whether the parent stays alive for the child. */
const keepsParent = (child: ChildProcess, keeps: boolean): void => {
  for (const handle of [child, child.channel, child.stdout, child.stderr] as {
    ref?: () => void
    unref?: () => void
  }[]) {
    if (keeps) handle.ref?.()
    else handle.unref?.()
  }
}

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
