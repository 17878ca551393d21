import { spawn } from 'node:child_process'

/** A program with its first arguments, such as `['npx', '--yes', '@botpress/cli@5.5.6']`. */
export type Command = readonly [string, ...string[]]
export type Ran = { code: number | undefined; output: string }

/** Runs to the end; `code` is undefined when it could not be started or was killed. Never throws. */
export const run = ([program, ...first]: Command, args: readonly string[], cwd: string): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(program, [...first, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', ({ message }) => resolve({ code: undefined, output: message }))
    child.once('close', (code) => resolve({ code: code ?? undefined, output }))
  })
