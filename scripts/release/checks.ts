import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Finding = { status: 'ok' | 'unknown' | 'failed'; said: string }
export type Check = { title: string; check: () => Promise<Finding> }

export const ok = (said: string): Finding => ({ status: 'ok', said })
export const unknown = (said: string): Finding => ({ status: 'unknown', said })
export const failed = (said: string): Finding => ({ status: 'failed', said })

export type ReleaseOptions = {
  root: string
  /** The version in package.json. Everything else reads it there. */
  version: string
}

/** What has to hold for a version that others see, without asking anybody. */
export const releaseChecks = (options: ReleaseOptions): Check[] => [
  { title: 'Version', check: () => checkVersion(options) },
  { title: 'Address of the source', check: () => checkRepository(options) },
  { title: 'Changelog', check: () => checkChangelog(options) },
]

const readJson = async (root: string, name: string): Promise<object> =>
  Object(JSON.parse(await readFile(join(root, name), 'utf8'))) as object

/** npm writes the version into its lock file, too. */
const checkVersion = async ({ root, version }: ReleaseOptions): Promise<Finding> => {
  const locked: unknown = Reflect.get(await readJson(root, 'package-lock.json'), 'version')
  return locked === version
    ? ok(version)
    : failed(`package.json says ${version}, package-lock.json ${String(locked)}: run npm install`)
}

/** Cannot exist: it stands in package.json and hub.md until the source has a public address. */
const placeholder = /https?:\/\/[\w.-]+\.invalid\b/

const checkRepository = async ({ root }: ReleaseOptions): Promise<Finding> => {
  const address: unknown = Reflect.get(await readJson(root, 'package.json'), 'repository')
  const guide = await readFile(join(root, 'hub.md'), 'utf8')
  if (typeof address !== 'string' || address === '' || placeholder.test(address) || placeholder.test(guide))
    return failed('write the address of the source into package.json ("repository") and into every link of hub.md')
  return guide.includes(address) ? ok(address) : failed(`hub.md has no link to ${address}`)
}

const checkChangelog = async ({ root, version }: ReleaseOptions): Promise<Finding> => {
  const entry = entryOf(await readFile(join(root, 'CHANGELOG.md'), 'utf8'), version)
  if (!entry) return failed(`CHANGELOG.md has no section for ${version}`)
  if (!/^- \S/m.test(entry.text)) return failed(`CHANGELOG.md says nothing of ${version}`)
  return /\d{4}-\d{2}-\d{2}/.test(entry.heading)
    ? ok('has an entry')
    : failed(`CHANGELOG.md gives ${version} no date, such as "## ${version} (2026-01-31)"`)
}

/** A section of the changelog: the rest of its heading, and what stands below it. */
export const entryOf = (changelog: string, version: string): { heading: string; text: string } | undefined => {
  const section = changelog.split(/^## /m).find((part) => part.split(/\s/, 1)[0] === version)
  if (section === undefined) return undefined
  const [heading = '', ...lines] = section.split('\n')
  return { heading, text: lines.join('\n').trim() }
}
