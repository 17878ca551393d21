import { run, type Command } from './run'

export type Step = { name: string; command: Command }
export type StepsOptions = {
  root: string
  /** How many run side by side. */
  workers: number
  nowMs: () => number
  print: (line: string) => void
}

/**
 * Runs all steps, in their order, several side by side. Names each when it begins and when it ends, with its time. Prints
 * the output of those that fail. Resolves with their names.
 */
export const runSteps = async (steps: readonly Step[], options: StepsOptions): Promise<string[]> => {
  const { root, workers, nowMs, print } = options
  const waiting = [...steps]
  const failed: string[] = []
  const width = Math.max(...steps.map(({ name }) => name.length))
  const startedMs = nowMs()

  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { name, command } = step
      const beganMs = nowMs()
      print(`…       ${name}`)
      const { code, output } = await run(command, [], root)
      const mark = code === 0 ? 'ok' : 'FAILED'
      print(`${mark.padEnd(8)}${name.padEnd(width)}  ${seconds(nowMs() - beganMs)}`)
      if (code === 0) continue
      failed.push(name)
      print(output.trimEnd())
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  const sum = failed.length === 0 ? 'All pass.' : `Failed: ${failed.join(', ')}.`
  print(`${sum} ${seconds(nowMs() - startedMs)}`)
  return failed
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
