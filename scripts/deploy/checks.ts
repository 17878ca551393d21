import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, type Command } from './run'

export type Finding = { status: 'ok' | 'unknown' | 'failed'; said: string }
export type DeployCheck = { title: string; check: () => Promise<Finding> }

export type BundleSize = { bytes: number; emptyBytes: number; ownBytes: number }
export type DeployOptions = {
  root: string
  /** The version in integration.definition.ts. */
  version: string
  /** The integration's name in Botpress: `livechat-hitl`, with the workspace's handle in front if it has one. */
  name: string
  cli: Command
  /** Stands for `npm run check`. */
  checks: Command
  measureBundle: () => Promise<BundleSize>
  budget: { timesEmpty: number; ownBytes: number }
}

const ok = (said: string): Finding => ({ status: 'ok', said })
const unknown = (said: string): Finding => ({ status: 'unknown', said })
const failed = (said: string): Finding => ({ status: 'failed', said })

/** The checks before an upload, the quick ones first. None of them changes anything. */
export const deployChecks = (options: DeployOptions): DeployCheck[] => [
  { title: 'Working tree', check: () => checkTree(options) },
  { title: 'Version', check: () => checkVersion(options) },
  { title: 'Changelog', check: () => checkChangelog(options) },
  { title: 'Not yet published', check: () => checkUnpublished(options) },
  { title: 'npm run check', check: () => checkCode(options) },
  { title: 'Bundle size', check: () => checkBundle(options) },
  { title: 'bp lint', check: () => checkLint(options) },
]

const checkTree = async ({ root }: DeployOptions): Promise<Finding> => {
  const { code, output } = await run(['git'], ['status', '--porcelain'], root)
  if (code !== 0) return failed(`git could not be asked: ${reasonIn(output)}`)
  return output.trim() === '' ? ok('clean') : failed(`commit or remove first:\n${output.trimEnd()}`)
}

const checkVersion = async ({ root, version }: DeployOptions): Promise<Finding> => {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const other: unknown = Reflect.get(Object(manifest), 'version')
  return other === version
    ? ok(version)
    : failed(`integration.definition.ts says ${version}, package.json ${String(other)}`)
}

const checkChangelog = async ({ root, version }: DeployOptions): Promise<Finding> => {
  const sections = (await readFile(join(root, 'CHANGELOG.md'), 'utf8')).split(/^## /m)
  const entry = sections.find((section) => section.split(/\s/, 1)[0] === version)
  if (!entry) return failed(`CHANGELOG.md has no section for ${version}`)
  if (!/^- \S/m.test(entry)) return failed(`CHANGELOG.md says nothing of ${version}`)
  return /^.*unreleased/i.test(entry)
    ? failed(`CHANGELOG.md calls ${version} unreleased: write its date`)
    : ok('has an entry')
}

/** A public version can never be replaced. A private one is replaced by a deploy. */
const checkUnpublished = async ({ root, version, name, cli }: DeployOptions): Promise<Finding> => {
  const { code, output } = await run(cli, ['integrations', 'get', `${name}@${version}`], root)
  if (code === 0) {
    if (/"?public"?: *true/.test(output)) return failed(`${name}@${version} is public already: raise the version`)
    return ok(`${name}@${version} is there, but private: it will be replaced`)
  }
  if (new RegExp(`${version} not found`).test(output)) return ok(`Botpress has no ${name}@${version}`)
  return unknown(`Botpress could not be asked (${reasonIn(output)}). Log in: npx @botpress/cli@5.5.6 login`)
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
  const isRun = code !== undefined && !npmFailure.test(output)
  return isRun ? failed(`does not pass:\n${output.trimEnd()}`) : unknown(`could not be run (${reasonIn(output)})`)
}

/** npx fetches the CLI. If npm fails, its message is not an answer of the CLI. */
const npmFailure = /^npm error code \w+/m

const reasonIn = (output: string): string => npmFailure.exec(output)?.[0] ?? output.trim().split('\n').at(-1) ?? ''
