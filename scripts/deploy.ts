import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { buildBundles } from '../tools/bundles'
import definition from '../integration.definition'
import { deploy } from './deploy/deploy'

/** `npm run deploy -- --handle <workspace> [--dry-run] [-- <options of the CLI's deploy>]` */
const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false }, handle: { type: 'string' } },
    allowPositionals: true,
  })
  const { name, version } = definition
  const root = resolve(__dirname, '..')
  process.exitCode = await deploy(
    {
      root,
      name,
      handle: values.handle,
      environment: process.env,
      version,
      cli: ['npx', '--yes', '@botpress/cli@5.5.6'],
      checks: ['npm', 'run', 'check'],
      measureBundle: async () => {
        const { ours, empty } = await buildBundles()
        const ownBytes = ours.bytesByPackage['(this package)'] ?? 0
        return { bytes: ours.bytes, emptyBytes: empty.bytes, ownBytes }
      },
      budget: readBudget(root),
      isDryRun: values['dry-run'],
      args: positionals,
    },
    (line) => console.log(line),
  )
}

const budgets = z.object({ bundle: z.object({ timesEmpty: z.number(), ownBytes: z.number() }) })

/** The budget that test/budgets/bundle.test.ts checks. */
const readBudget = (root: string): z.infer<typeof budgets>['bundle'] =>
  budgets.parse(JSON.parse(readFileSync(resolve(root, 'test/budgets/budgets.json'), 'utf8'))).bundle

void main()
