import { build, type Plugin } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { faultsOfRelay } from './faults-of-relay'
import { faultsOfSessions } from './faults-of-sessions'
import { plant, type PlantedFault } from './planted-fault'

/**
 * `npm run weather:planted` plants one fault after another into a copy of the code and lets the simulation look for it.
 * It says which were found, by which promise, and after how many worlds.
 */

const ROOT = resolve(__dirname, '../..')
const FOLDER = resolve(ROOT, 'dist/weather')

type Result = { fault: PlantedFault; found: boolean; how: string }

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '20' },
      only: { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  })
  await mkdir(FOLDER, { recursive: true })
  const all = [...faultsOfRelay, ...faultsOfSessions]
  const faults = all.filter(({ name }) => values.only === undefined || name.includes(values.only))
  const results: Result[] = []
  const waiting = faults.entries()
  const work = async (): Promise<void> => {
    for (const [index, fault] of waiting) {
      const result = await lookFor(fault, index, values.seconds)
      results.push(result)
      console.log(`${result.found ? 'found' : 'NOT FOUND'}: ${fault.name}: ${result.how}`)
    }
  }
  await Promise.all(Array.from({ length: Number(values.workers) }, work))
  const found = results.filter((result) => result.found).length
  console.log(
    `${found} of ${results.length} planted faults were found (${((100 * found) / results.length).toFixed(0)} %)`,
  )
  if (found < 0.95 * results.length) process.exitCode = 1
}

const lookFor = async (fault: PlantedFault, index: number, seconds: string): Promise<Result> => {
  const outfile = resolve(FOLDER, `planted-${index}.cjs`)
  await build({
    entryPoints: [resolve(ROOT, 'weather/main.ts')],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    // Read from its package's folder at run time, and not needed here.
    external: ['esbuild'],
    plugins: [planting(fault)],
  })
  const { code, output } = await run(outfile, ['--seconds', seconds, '--until-broken'])
  const line = output.split('\n').find((text) => text.startsWith('seed '))
  const lastLine = output.trim().split('\n').at(-1) ?? ''
  // Another exit code is a mistake of the simulation, not a find.
  return { fault, found: code === 1 && line !== undefined, how: line ?? lastLine }
}

const planting = (fault: PlantedFault): Plugin => ({
  name: 'planting',
  setup: (building) => {
    const path = resolve(ROOT, fault.file)
    building.onLoad({ filter: /\.ts$/ }, async (loaded) =>
      loaded.path === path ? { contents: plant(await readFile(path, 'utf8'), fault), loader: 'ts' } : undefined,
    )
  },
})

const run = (file: string, flags: string[]): Promise<{ code: number | null; output: string }> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [file, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.on('close', (code) => done({ code, output }))
  })

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
