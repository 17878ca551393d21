import { failed, ok, releaseChecks, unknown, type Check, type Finding } from '../release/checks'
import { isOfNpm, reasonIn } from '../terminal/npm-failure'
import { run, runIntoFile, type Command } from '../terminal/run'

export type BundleSize = { bytes: number; emptyBytes: number; ownBytes: number }
export type DeployOptions = {
  root: string
  /** The version in package.json, which the definition reads. */
  version: string
  /** The integration's name, as the definition says: `livechat-hitl`. */
  name: string
  /** The workspace's handle. Botpress calls the integration `handle/name`. */
  handle: string | undefined
  /** Where the CLI reads its credentials, if the owner has not logged in. */
  environment: Record<string, string | undefined>
  cli: Command
  /** Stands for `npm run check`. */
  checks: Command
  measureBundle: () => Promise<BundleSize>
  budget: { timesEmpty: number; ownBytes: number }
}

/** The integration in Botpress, such as `my-workspace/livechat-hitl@1.0.0`. */
export const referenceOf = ({ handle, name, version }: DeployOptions): string =>
  `${handle === undefined ? name : `${handle}/${name}`}@${version}`

/** What has to hold before anything is uploaded, the quick ones first. None of them changes anything. */
export const deployChecks = (options: DeployOptions): Check[] => [
  { title: 'Handle', check: () => Promise.resolve(checkHandle(options)) },
  { title: 'Credentials', check: () => Promise.resolve(checkCredentials(options)) },
  { title: 'Working tree', check: () => checkTree(options) },
  ...releaseChecks(options),
  { title: 'Not yet published', check: () => checkUnpublished(options) },
  { title: 'bp lint', check: () => checkLint(options) },
  { title: 'Bundle size', check: () => checkBundle(options) },
  { title: 'npm run check', check: () => checkCode(options) },
]

const checkHandle = ({ handle }: DeployOptions): Finding =>
  handle === undefined
    ? failed("name your workspace's handle, as in the Botpress Dashboard: npm run deploy -- --handle <handle>")
    : ok(handle)

const credentialNames = ['BP_TOKEN', 'BP_WORKSPACE_ID', 'BP_API_URL']

/** The CLI takes credentials from the environment only if all three are there. Otherwise it asks for a login. */
const checkCredentials = ({ environment }: DeployOptions): Finding => {
  const missing = credentialNames.filter((name) => !environment[name])
  if (missing.length === credentialNames.length) return ok('those of the last login')
  return missing.length === 0
    ? ok('from the environment')
    : failed(`the environment lacks ${missing.join(' and ')} (BP_API_URL is https://api.botpress.cloud)`)
}

const checkTree = async ({ root }: DeployOptions): Promise<Finding> => {
  const { code, output } = await run(['git'], ['status', '--porcelain'], root)
  if (code !== 0) return failed(`git could not be asked: ${reasonIn(output)}`)
  return output.trim() === '' ? ok('clean') : failed(`commit or remove first:\n${output.trimEnd()}`)
}

/** Others may use a public or an unlisted version, so it must not change. A private one is replaced by a deploy. */
const checkUnpublished = async (options: DeployOptions): Promise<Finding> => {
  const reference = referenceOf(options)
  const asked = ['integrations', 'get', reference, '--json']
  const { code, printed, output } = await runIntoFile(options.cli, asked, options.root)
  if (code === 0) {
    const visibility = visibilityIn(printed)
    if (visibility === 'private') return ok(`${reference} is there, but private: it will be replaced`)
    return failed(
      visibility === undefined
        ? `${reference} is there, and the CLI does not say whether it is private: raise the version`
        : `${reference} is ${visibility} already: raise the version`,
    )
  }
  if (output.includes(`${options.version} not found`)) return ok(`Botpress has no ${reference}`)
  return unknown(`Botpress could not be asked (${reasonIn(output)}). Log in: npx @botpress/cli@5.5.6 login`)
}

/** `visibility` of an integration as the API names it. Older answers have only `public`. */
const visibilityIn = (printed: string): string | undefined => {
  const integration = Object(parsed(printed)) as object
  const visibility: unknown = Reflect.get(integration, 'visibility')
  const isPublic: unknown = Reflect.get(integration, 'public')
  if (isPublic === true) return 'public'
  if (typeof visibility === 'string') return visibility
  return isPublic === false ? 'private' : undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const checkCode = async ({ root, checks }: DeployOptions): Promise<Finding> => {
  const { code, output } = await run(checks, [], root)
  return code === 0 ? ok('all pass') : failed(`does not pass:\n${output.trimEnd().split('\n').slice(-20).join('\n')}`)
}

const checkBundle = async ({ measureBundle, budget }: DeployOptions): Promise<Finding> => {
  const { bytes, emptyBytes, ownBytes } = await measureBundle()
  const times = bytes / emptyBytes
  const said = `${bytes} bytes, ${times.toFixed(3)} times an empty integration, ${ownBytes} of our own`
  const isWithin = times <= budget.timesEmpty && ownBytes <= budget.ownBytes
  return isWithin
    ? ok(said)
    : failed(`${said}: test/budgets/budgets.json allows ${budget.timesEmpty} times and ${budget.ownBytes}`)
}

const checkLint = async ({ root, cli }: DeployOptions): Promise<Finding> => {
  const { code, output } = await run(cli, ['lint'], root)
  if (code === 0) return ok('passes')
  const isRun = code !== undefined && !isOfNpm(output)
  return isRun ? failed(`does not pass:\n${output.trimEnd()}`) : unknown(`could not be run (${reasonIn(output)})`)
}
