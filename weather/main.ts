import './install'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { judge } from './check/judge'
import { exceptions, type Verdict } from './check/verdict'
import { generatePlan, type Climate } from './plan/generate'
import type { Plan } from './plan/plan'
import { columns } from './report/columns'
import { shrink } from './report/shrink'
import { Totals } from './report/totals'
import { keptThings } from './world/kept-things'
import { loadLazily } from './world/load-lazily'
import { scenesWithMishaps, scenesWithSeeds } from './world/play-scenes'
import { play } from './world/play'
import type { World } from './world/world'

const help = `npm run weather -- [options]
  --count N        how many worlds (default 200), or
  --seconds N      as many as fit into this time
  --seed N         the first seed (default 1)
  --climate C      calm, breeze, storm, or mixed (default)
  --scenes         short scenes instead of random plans: each without a mishap,
                   then with one mishap at each place where one can happen
  --seeds N        the scenes without a mishap, each with so many seeds
  --every N        of the scenes with a mishap, only each N-th (default 1)
  --only TEXT      of all scenes, only those whose line in the output would
                   contain this
  --memory         many handoffs in one process: what does its memory keep?
  --until-broken   stop at the first world in which a promise is broken
  --shrink         make the first failing world of each broken promise small,
                   print it, and write it to reports/weather
  --plan FILE      play one plan that was written before (several times:
                   several), and print what each side saw
  --strict         known faults count like all others
  --digests        print a digest of the history of each world
  --history        print all that happened, line by line`

const print = (text: string): void => void process.stdout.write(`${text}\n`)

const options = {
  count: { type: 'string' },
  seconds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  climate: { type: 'string', default: 'mixed' },
  scenes: { type: 'boolean', default: false },
  seeds: { type: 'string' },
  every: { type: 'string', default: '1' },
  only: { type: 'string', default: '' },
  memory: { type: 'boolean', default: false },
  'until-broken': { type: 'boolean', default: false },
  shrink: { type: 'boolean', default: false },
  plan: { type: 'string', multiple: true },
  history: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  digests: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options })
  if (values.help) return print(help)
  await loadLazily()
  if (values.plan !== undefined) {
    for (const file of values.plan) await playFile(file, values)
    return
  }
  if (values.memory) return judgeMemory()
  const totals = new Totals()
  const firstFailing = new Map<string, Plan>()
  for await (const { name, plan, world } of worldsOf(values)) {
    const verdicts = judge(world, values.strict)
    totals.add(world, verdicts)
    if (values.history) print(world.history.text())
    if (values.digests) print(`digest ${name} ${world.history.digest()}`)
    const broken = verdicts.filter(({ kind }) => kind === 'broken')
    for (const verdict of broken) {
      print(`${name}: ${verdict.name}: ${verdict.text}`)
      if (!firstFailing.has(verdict.name)) firstFailing.set(verdict.name, plan)
    }
    if (broken.length > 0 && values['until-broken']) break
  }
  print(totals.text())
  if (values.shrink) for (const [rule, plan] of firstFailing) await printSmall(rule, plan)
  if (firstFailing.size > 0) process.exitCode = 1
}

const judgeMemory = async (): Promise<void> => {
  const [few, many] = [10, 40]
  // The count is a difference of the whole heap, in which Node may free something of its own. A leak shows each time.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const kept = { few: await keptThings(few), many: await keptThings(many) }
    print(`A process keeps ${kept.few} objects and entries after ${few} handoffs, ${kept.many} after ${many}.`)
    if (kept.many - kept.few < (many - few) / 2) return
  }
  print('memory: memoryGrows: it keeps something of each handoff')
  process.exitCode = 1
}

type Wanted = {
  seed: string
  climate: string
  count?: string
  seconds?: string
  scenes: boolean
  seeds?: string
  every: string
  only: string
}

const worldsOf = (values: Wanted): AsyncGenerator<Played> => {
  const seed = Number(values.seed)
  if (values.seeds !== undefined) return scenesWithSeeds(seed, Number(values.seeds), values.only)
  return values.scenes ? scenesWithMishaps(seed, Number(values.every), values.only) : randomWorlds(values)
}

type Played = { name: string; plan: Plan; world: World }

async function* randomWorlds(values: Pick<Wanted, 'seed' | 'climate' | 'count' | 'seconds'>): AsyncGenerator<Played> {
  const isOver = limitOf(values)
  const first = Number(values.seed)
  for (let seed = first; !isOver(seed - first); seed += 1) {
    const plan = generatePlan(seed, climateOf(values.climate, seed))
    yield { name: `seed ${seed}`, plan, world: await play(plan) }
  }
}

const limitOf = ({ count, seconds }: { count?: string; seconds?: string }): ((worlds: number) => boolean) => {
  if (seconds === undefined) return (worlds) => worlds >= Number(count ?? 200)
  const endNs = process.hrtime.bigint() + BigInt(Math.round(Number(seconds) * 1e9))
  return () => process.hrtime.bigint() >= endNs
}

const climateOf = (wanted: string, seed: number): Climate => {
  if (wanted === 'calm' || wanted === 'breeze' || wanted === 'storm') return wanted
  if (wanted !== 'mixed') throw new Error(`There is no climate ${wanted}`)
  return seed % 10 === 0 ? 'calm' : seed % 2 === 0 ? 'breeze' : 'storm'
}

const printSmall = async (rule: string, failing: Plan): Promise<void> => {
  const { plan, plays } = await shrink(failing, rule)
  const world = await play(plan)
  const file = `reports/weather/${rule}-${plan.seed}.json`
  mkdirSync('reports/weather', { recursive: true })
  writeFileSync(file, `${JSON.stringify(plan, undefined, 2)}\n`)
  print(`\n${rule}: ${plan.steps.length} steps, ${plan.mishaps?.length ?? 0} mishaps after ${plays} worlds; ${file}`)
  print(
    `clocks ahead by ${plan.clocksAheadMs.join(', ')} ms; knobs ${JSON.stringify(plan.knobs)}; ${JSON.stringify(plan.mishaps)}`,
  )
  printWorld(columns(world), judge(world, true))
}

const playFile = async (file: string, flags: { history: boolean; strict: boolean }): Promise<void> => {
  const world = await play(JSON.parse(readFileSync(file, 'utf8')) as Plan)
  if (flags.history) print(world.history.text())
  const verdicts = judge(world, flags.strict)
  printWorld(columns(world), verdicts)
  if (verdicts.some(({ kind }) => kind === 'broken')) process.exitCode = 1
}

const printWorld = (shown: string, verdicts: Verdict[]): void => {
  print(shown)
  for (const { kind, name, text } of verdicts) {
    const reason = kind === 'excused' ? ` (${exceptions[name as keyof typeof exceptions]})` : ''
    print(`${kind}: ${name}: ${text}${reason}`)
  }
}

main().catch((error: unknown) => {
  const isMistyped = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (isMistyped) print(error.message)
  else print(error instanceof Error ? String(error.stack) : String(error))
  process.exitCode = 2
})
