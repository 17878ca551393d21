import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, type Command } from '../terminal/run'

/** The parts of the project whose types are checked. */
const parts = ['src', 'sandbox', 'bench', 'weather', 'test', 'tools', 'scripts', 'integration.definition.ts']

export type Sdk7Options = {
  root: string
  /** An empty folder for the packages. The caller removes it. */
  folder: string
  npm: Command
  tsc: Command
}

/**
 * `partly`: no error, but some packages that SDK 7 needs could not be fetched, and the project's own stood in for them.
 */
export type Sdk7Outcome = 'fits' | 'partly' | 'does not fit' | 'not run'

type Package = { name: string; wanted: string; version: string | undefined }

/**
 * Checks the types of the whole project against the published declarations of the newest SDK 7, without installing it
 * in the project. Prints each step.
 */
export const checkSdk7 = async (options: Sdk7Options, print: (line: string) => void): Promise<Sdk7Outcome> => {
  const sdk = await fetchPackage(options, '@botpress/sdk', '7')
  print(said(sdk))
  if (sdk.version === undefined) return 'not run'
  const needed = await needsOf(join(options.folder, '@botpress/sdk', 'package.json'))
  const others: Package[] = []
  for (const [name, wanted] of needed) {
    const other = await fetchPackage(options, name, wanted)
    print(said(other))
    others.push(other)
  }
  const { code, output } = await compile(options, [sdk, ...others])
  print(output.trimEnd() || 'No errors.')
  if (code !== 0) return code === undefined ? 'not run' : 'does not fit'
  return others.every(({ version }) => version !== undefined) ? 'fits' : 'partly'
}

const said = ({ name, wanted, version }: Package): string =>
  version === undefined
    ? `${name}@${wanted} could not be fetched.`
    : `${name} ${version} (wanted: ${wanted}) was fetched.`

/** Takes the newest published version that fits, and unpacks it without what it depends on. */
const fetchPackage = async ({ folder, npm }: Sdk7Options, name: string, wanted: string): Promise<Package> => {
  const target = join(folder, name)
  await mkdir(target, { recursive: true })
  const missing = { name, wanted, version: undefined }
  const packed = await run(npm, ['pack', `${name}@${wanted}`, '--silent'], target)
  const archive = (await readdir(target)).find((file) => file.endsWith('.tgz'))
  if (packed.code !== 0 || archive === undefined) return missing
  const unpacked = await run(['tar'], ['-xzf', archive, '--strip-components=1'], target)
  if (unpacked.code !== 0) return missing
  const { version } = await readManifest(join(target, 'package.json'))
  return { name, wanted, version: version ?? 'of an unknown version' }
}

type Manifest = {
  version?: string
  types?: string
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

const readManifest = async (path: string): Promise<Manifest> => JSON.parse(await readFile(path, 'utf8')) as Manifest

/** Botpress' own packages, whose declarations those of the SDK use. */
const needsOf = async (path: string): Promise<[string, string][]> => {
  const { dependencies, peerDependencies } = await readManifest(path)
  const isOwn = ([name]: [string, string]): boolean => /^@(botpress|bpinternal)\//.test(name)
  return Object.entries({ ...dependencies, ...peerDependencies }).filter(isOwn)
}

/** Where a package could not be fetched, the project's own stands in for it. */
const compile = async ({ root, folder, tsc }: Sdk7Options, packages: Package[]) => {
  const paths: Record<string, string[]> = {}
  for (const { name, version } of packages) {
    const home = version === undefined ? join(root, 'node_modules', name) : join(folder, name)
    if (!existsSync(join(home, 'package.json'))) continue
    const { types = 'dist/index.d.ts' } = await readManifest(join(home, 'package.json'))
    paths[name] = [join(home, types)]
  }
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { paths, typeRoots: [join(root, 'node_modules/@types')] },
    include: parts.map((part) => join(root, part)),
    exclude: [join(root, 'sandbox/web')],
  }
  const path = join(folder, 'tsconfig.json')
  await writeFile(path, JSON.stringify(config))
  return run(tsc, ['-p', path, '--pretty', 'false'], root)
}
