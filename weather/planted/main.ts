import { build, type Plugin } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { printsHelp } from '../../tools/help'
import { allFaults } from './all-faults'
import { plant, type PlantedFault } from './planted-fault'

const help = `npm run weather:planted [-- --only <text>] [--count <n>] [--workers <n>]

Plants one fault after another into a copy of the code, and lets the simulation
look for it. Says which were found, by which promise, and in which world.

  --only <text>   only faults whose name or kind has this text
  --count <n>     in how many worlds to look for each (60)
  --workers <n>   how many at the same time (1)`

const ROOT = resolve(__dirname, '../..')
const FOLDER = resolve(ROOT, 'dist/weather')

type Result = { fault: PlantedFault; isFound: boolean; how: string }

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '60' },
      only: { type: 'string' },
      workers: { type: 'string', default: '1' },
    },
  })
  await mkdir(FOLDER, { recursive: true })
  const flags = ['--count', values.count, '--strict']
  const before = new Set<string>()
  await run(await bundle('as-it-is', []), flags, (broken) => {
    before.add(broken)
    return false
  })
  console.log(`Without a planted fault, ${before.size} promises are broken in ${values.count} worlds`)

  const { only = '' } = values
  const faults = allFaults.filter(({ name, kind }) => name.includes(only) || kind.includes(only))
  const results: Result[] = []
  const waiting = faults.entries()
  const work = async (): Promise<void> => {
    for (const [index, fault] of waiting) {
      const file = await bundle(`planted-${index}`, [planting(fault)])
      const how = await run(file, flags, (broken) => !before.has(broken))
      results.push({ fault, isFound: how !== undefined, how: how ?? `not in ${values.count} worlds` })
      console.log(`${how === undefined ? 'NOT FOUND' : 'found'}: ${fault.name}: ${how ?? ''}`)
    }
  }
  await Promise.all(Array.from({ length: Number(values.workers) }, work))
  console.log(table(results))
  const found = results.filter(({ isFound }) => isFound).length
  const percent = ((100 * found) / results.length).toFixed(0)
  console.log(`${found} of ${results.length} planted faults were found (${percent} %)`)
  if (found < 0.95 * results.length) process.exitCode = 1
}

/** How many faults of each kind were found. */
const table = (results: Result[]): string =>
  [...new Set(results.map(({ fault }) => fault.kind))]
    .sort()
    .map((kind) => {
      const ofKind = results.filter(({ fault }) => fault.kind === kind)
      return `${kind.padEnd(20)} ${ofKind.filter(({ isFound }) => isFound).length} of ${ofKind.length}`
    })
    .join('\n')

/** Bundles the simulation, with faults or without. Returns the path of the bundle. */
const bundle = async (name: string, plugins: Plugin[]): Promise<string> => {
  const outfile = resolve(FOLDER, `${name}.cjs`)
  await build({
    entryPoints: [resolve(ROOT, 'weather/main.ts')],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    // The simulation builds no bundles, but the sandbox's start imports this.
    external: ['esbuild'],
    // Only finds the folder of a child process, which the simulation has not.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(__filename).href) },
    plugins,
  })
  return outfile
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

/**
 * Plays worlds until `isNew` is true for a broken promise, named by seed and promise. Returns that one. A simulation that
 * itself fails is an error.
 */
const run = (file: string, flags: string[], isNew: (broken: string) => boolean): Promise<string | undefined> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [file, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
    let found: string | undefined
    let rest = ''
    let isComplete = false
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (/^\d+ worlds, /.test(line)) isComplete = true
        const broken = /^seed \d+: \w+/.exec(line)?.[0]
        if (broken === undefined || found !== undefined || !isNew(broken)) continue
        found = line
        child.kill()
      }
    })
    child.on('close', () =>
      found === undefined && !isComplete ? fail(new Error(`The simulation of ${file} failed`)) : done(found),
    )
  })

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
