import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildBundle } from '../tools/build'
import { printsHelp } from '../tools/help'
import { paths, playHandoff, type Call, type PathName } from './trace/handoff'
import { instrumented } from './trace/instrument'

const help = `npm run trace [-- --path <name>] [--json]

Plays one handoff in the sandbox and shows which files of src/ each operation
runs through.

  --path <name>  only this one:
                 ${Object.keys(paths).join(', ')}
  --json         for programs, with the names of the functions

  files    files in which a function ran; module initialization does not count
  unnamed  those of them in which only functions without a name ran: callbacks,
           and what a function returns
  calls    calls of named functions
  hops     how often the next function that ran was in another file
  returns  hops to a file that had run before
What runs side by side is counted in the order in which it happens, so the last
three may vary by a few.`

type Visit = { file: string; calls: number; functions: string[] }
type Report = {
  path: PathName
  title: string
  files: number
  unnamed: number
  calls: number
  hops: number
  returns: number
  /** In the order of their first visit. */
  visits: Visit[]
}

const reportOn = (path: PathName, calls: Call[]): Report => {
  const visits = new Map<string, Visit>()
  let hops = 0
  let previous = calls[0]?.file
  for (const { file, name } of calls) {
    if (file !== previous) hops += 1
    previous = file
    const visit = visits.get(file) ?? { file, calls: 0, functions: [] }
    visits.set(file, visit)
    if (name === '') continue
    visit.calls += 1
    if (!visit.functions.includes(name)) visit.functions.push(name)
  }
  const all = [...visits.values()]
  return {
    path,
    title: paths[path].title,
    files: all.length,
    unnamed: all.filter((visit) => visit.calls === 0).length,
    calls: all.reduce((sum, visit) => sum + visit.calls, 0),
    hops,
    returns: hops - Math.max(0, all.length - 1),
    visits: all,
  }
}

const columns = ['files', 'unnamed', 'calls', 'hops', 'returns'] as const

const toText = (reports: Report[]): string => {
  const row = (path: string, title: string, cells: readonly (string | number)[]): string =>
    path.padEnd(15) + title.padEnd(26) + cells.map((cell) => String(cell).padStart(9)).join('')
  const width = Math.max(...reports.flatMap(({ visits }) => visits.map(({ file }) => file.length)))
  return [
    row('path', '', columns),
    ...reports.map((report) => {
      const cells = columns.map((column) => report[column])
      return row(report.path, report.title, cells)
    }),
    ...reports.flatMap(({ path, title, visits }) => [
      '',
      `${path}: ${title}`,
      ...visits.map(({ file, calls }, index) => {
        const count = calls === 0 ? 'unnamed' : String(calls)
        return `${String(index + 1).padStart(4)}  ${file.padEnd(width)}${count.padStart(9)}`
      }),
    ]),
  ].join('\n')
}

const isPathName = (name: string): name is PathName => Object.hasOwn(paths, name)

/** The path that was asked for, or all paths. */
const pathNames = (asked: string | undefined): PathName[] => {
  const names = Object.keys(paths).filter(isPathName)
  if (asked === undefined) return names
  if (!isPathName(asked)) throw new Error(`There is no path ${asked}; there are ${names.join(', ')}`)
  return [asked]
}

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({
    options: { path: { type: 'string' }, json: { type: 'boolean' } },
  })
  const names = pathNames(values.path)
  const folder = await mkdtemp(join(tmpdir(), 'trace-'))
  try {
    const { outfile } = await buildBundle({
      outfile: join(folder, 'index.cjs'),
      minify: false,
      plugins: [instrumented],
    })
    const traces = await playHandoff(outfile, join(folder, 'calls'))
    const reports = names.map((name) => reportOn(name, traces[name]))
    console.log(values.json ? JSON.stringify({ paths: reports }, null, 2) : toText(reports))
  } finally {
    await rm(folder, { recursive: true })
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
