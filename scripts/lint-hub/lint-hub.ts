import { isOfNpm, reasonIn } from '../terminal/npm-failure'
import { run, type Command } from '../terminal/run'

export type LintOptions = {
  root: string
  cli: Command
  nowMs: () => number
  print: (line: string) => void
}

/** Runs `bp lint`. Returns 0 if it passes, 1 if it does not, 2 if the CLI could not be run. */
export const lintHub = async ({ root, cli, nowMs, print }: LintOptions): Promise<0 | 1 | 2> => {
  const startedMs = nowMs()
  print('…       bp lint (npx may have to fetch the CLI first)')
  const { code, output } = await run(cli, ['lint'], root)
  const time = `${((nowMs() - startedMs) / 1000).toFixed(1)} s`
  if (code === 0) {
    print(`ok      bp lint  ${time}`)
    return 0
  }
  if (code === undefined || isOfNpm(output)) {
    print(`NOT CHECKED: the CLI could not be run (${reasonIn(output)}). Is the network there? ${time}`)
    return 2
  }
  print(`FAILED  bp lint  ${time}`)
  print(output.trimEnd())
  return 1
}
