import { context, type BuildContext } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { printsHelp } from '../../tools/help'
import { allFaults } from './all-faults'
import { plant, type PlantedFault } from './planted-fault'

const help = `npm run weather:planted [-- --only <text>] [--from <n>] [--count <n>]

Plants one fault after another into a copy of the code, and lets the simulation
look for it. Says which were found, by which promise, and in which world. Plays
the world first in which the fault was found last time.

  --only <text>   only faults whose name or kind has this text
  --from <n>      leaves out the faults before this one
  --count <n>     in how many calm worlds to look for each, then in how many of
                  all kinds (150)
  --every <n>     before the last ones, in the scenes without a mishap, and in
                  each n-th world of a scene with one mishap (3). What the
                  memory keeps is looked at last.
  --keep          writes in which worlds faults were found, for the next time`

const ROOT = resolve(__dirname, '../..')
const FOLDER = resolve(ROOT, 'dist/weather')
const FOUND_IN = resolve(ROOT, 'weather/planted/found-in.json')

/** The arguments of the simulation that play one world, by the name of the fault that was found there. */
type FoundIn = Record<string, string[]>
/** `text`: the world and the promise that was broken in it. `world`: plays it again. */
type Found = { text: string; world: string[] }
type Result = { fault: PlantedFault; isFound: boolean }

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '150' },
      every: { type: 'string', default: '3' },
      from: { type: 'string', default: '0' },
      keep: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
    },
  })
  await mkdir(FOLDER, { recursive: true })
  const { only, from, count, every } = values
  const faults = allFaults.filter(({ name, kind }) => name.includes(only) || kind.includes(only)).slice(Number(from))
  const bundler = await createBundler()
  const foundIn = new Map(Object.entries(JSON.parse(await readFile(FOUND_IN, 'utf8')) as FoundIn))
  const results: Result[] = []
  // Each worker takes the next fault.
  const queue = faults.entries()
  const work = async (): Promise<void> => {
    for (const [index, fault] of queue) {
      const file = await bundler.bundle(fault, `planted-${index}.cjs`)
      const last = foundIn.get(fault.name)
      const found = (last && (await lookIn(file, last))) ?? (await look(file, count, every))
      await rm(file)
      results.push({ fault, isFound: found !== undefined })
      if (found) foundIn.set(fault.name, found.world)
      else foundIn.delete(fault.name)
      console.log(`${found ? 'found' : 'NOT FOUND'}: ${fault.name}: ${found?.text ?? `not in ${count} worlds`}`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  if (values.keep) await writeFile(FOUND_IN, `${JSON.stringify(inOrder(foundIn), undefined, 2)}\n`)
  // A promise that is broken without any fault would find each of them.
  const broken = await look(await bundler.bundle(undefined, 'planted-none.cjs'), count, every)
  await bundler.end()
  if (broken) throw new Error(`Without a planted fault, too, a promise is broken: ${broken.text}`)
  console.log(table(results))
  const found = results.filter(({ isFound }) => isFound).length
  const percent = ((100 * found) / results.length).toFixed(0)
  console.log(`${found} of ${results.length} planted faults were found (${percent} %)`)
  if (found < 0.95 * results.length) process.exitCode = 1
}

/** As the faults stand in their list. Entries of faults that are gone go, too. */
const inOrder = (foundIn: Map<string, string[]>): FoundIn =>
  Object.fromEntries(
    allFaults.flatMap(({ name }): [string, string[]][] => {
      const world = foundIn.get(name)
      return world ? [[name, world]] : []
    }),
  )

/** How many faults of each kind were found. */
const table = (results: Result[]): string =>
  [...new Set(results.map(({ fault }) => fault.kind))]
    .sort()
    .map((kind) => {
      const ofKind = results.filter(({ fault }) => fault.kind === kind)
      return `${kind.padEnd(20)} ${ofKind.filter(({ isFound }) => isFound).length} of ${ofKind.length}`
    })
    .join('\n')

/** Bundles the simulation, with a fault or without. What has not changed is read once. */
type Bundler = { bundle: (fault: PlantedFault | undefined, name: string) => Promise<string>; end: () => Promise<void> }

const createBundler = async (): Promise<Bundler> => {
  let present: PlantedFault | undefined
  const building: BuildContext = await context({
    entryPoints: [resolve(ROOT, 'weather/main.ts')],
    outfile: resolve(FOLDER, 'planted.cjs'),
    write: false,
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
    plugins: [
      {
        name: 'planting',
        setup: (builder) =>
          builder.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
            if (present === undefined || path !== resolve(ROOT, present.file)) return undefined
            return { contents: plant(await readFile(path, 'utf8'), present), loader: 'ts' }
          }),
      },
    ],
  })
  // One bundle at a time: `present` is what the bundle under way contains.
  let before: Promise<unknown> = Promise.resolve()
  const bundle = async (fault: PlantedFault | undefined, name: string): Promise<string> => {
    present = fault
    const { outputFiles } = await building.rebuild()
    const file = resolve(FOLDER, name)
    await writeFile(file, outputFiles?.[0]?.contents ?? '')
    return file
  }
  return {
    bundle: (fault, name) => {
      const mine = before.then(() => bundle(fault, name))
      before = mine.catch(() => undefined)
      return mine
    },
    end: () => building.dispose(),
  }
}

/** With how many seeds each scene is played. */
const SEEDS = '12'

/** Plays worlds until a promise is broken. A simulation that itself fails has found the fault, too. */
const look = async (file: string, count: string, every: string): Promise<Found | undefined> =>
  // Where nothing goes wrong, more is promised, so a fault shows sooner.
  (await lookIn(file, ['--climate', 'calm', '--count', count])) ??
  (await lookIn(file, ['--seeds', SEEDS])) ??
  (await lookIn(file, ['--scenes', '--every', every])) ??
  (await lookIn(file, ['--climate', 'mixed', '--count', count])) ??
  lookIn(file, ['--memory'])

const lookIn = (file: string, flags: string[]): Promise<Found | undefined> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [file, ...flags, '--until-broken'], { stdio: 'pipe' })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
    child.on('close', () => {
      const text = /^(?:seed|scene|memory).*: \w+: .*/m.exec(output)?.[0]
      if (text !== undefined) return done({ text, world: worldOf(text, flags) })
      const isComplete = /^(?:\d+ worlds, |A process keeps)/m.test(output)
      const failure = `the simulation failed: ${(errors || output).slice(-300)}`
      done(isComplete ? undefined : { text: failure, world: flags })
    })
  })

/** The arguments that play only the world of a line of the output. */
const worldOf = (text: string, flags: string[]): string[] => {
  if (flags.includes('--memory')) return flags
  const seed = /^seed (\d+):/.exec(text)?.[1]
  const climate = flags[flags.indexOf('--climate') + 1] ?? 'mixed'
  if (seed !== undefined) return ['--climate', climate, '--count', '1', '--seed', seed]
  const [, scene, seedOfScene] = /^(scene ".*?") \(seed (\d+)\):/.exec(text) ?? []
  if (scene !== undefined && seedOfScene !== undefined)
    return ['--seeds', '1', '--seed', seedOfScene, '--only', `${scene} `]
  return ['--scenes', '--only', /^scene ".*?"(?:, .*?)?(?=: \w+: )/.exec(text)?.[0] ?? text]
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
