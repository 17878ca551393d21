import { spawn } from 'node:child_process'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
    child.once('close', (code) => resolve({ code: code ?? undefined, output: plain(output) }))
  })

/**
 * Like `run`, for long output: a program that ends by itself writes a file to its end, but cuts what it writes into a
 * pipe. `printed`: its standard output. `output`: its complaints.
 */
export const runIntoFile = async (
  [program, ...first]: Command,
  args: readonly string[],
  cwd: string,
): Promise<Ran & { printed: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'run-'))
  const path = join(folder, 'output')
  const file = await open(path, 'w')
  try {
    const ran = await new Promise<Ran>((resolve) => {
      const child = spawn(program, [...first, ...args], { cwd, stdio: ['ignore', file.fd, 'pipe'] })
      let output = ''
      child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.once('error', ({ message }) => resolve({ code: undefined, output: message }))
      child.once('close', (code) => resolve({ code: code ?? undefined, output: plain(output) }))
    })
    return { ...ran, printed: plain(await readFile(path, 'utf8')) }
  } finally {
    await file.close()
    await rm(folder, { recursive: true })
  }
}

/** Without the escape codes of colours. */
const plain = (text: string): string => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
