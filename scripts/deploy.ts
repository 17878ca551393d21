import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { buildBundles } from '../tools/bundles'
import { printsHelp } from '../tools/help'
import definition from '../integration.definition'
import { deploy } from './deploy/deploy'

const help = `npm run deploy -- --handle <handle> [--dry-run] [-- <options>]

Checks that this version may be published, then uploads it to Botpress. Stops at
the first check that fails; the slow checks come last.

  --handle <handle>  your workspace's, as in the Botpress Dashboard
  --dry-run          checks everything and uploads nothing
  <options>          go to the CLI's own deploy, such as --visibility public

Log in before: npx @botpress/cli@5.5.6 login. Or set all three of BP_TOKEN,
BP_WORKSPACE_ID and BP_API_URL (https://api.botpress.cloud).`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
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
      checks: ['npm', 'run', 'check', '--', '--fresh'],
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

main().catch((error: unknown) => {
  console.error(`Nothing was uploaded: ${error instanceof Error ? error.message : 'it failed'}`)
  process.exitCode = 1
})
