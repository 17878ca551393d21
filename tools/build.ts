import { build, type Plugin } from 'esbuild'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundlingOptions } from '../src/bundling/options'
import { printsHelp } from './help'

const OWN = '(this package)'
const ROOT = fileURLToPath(new URL('..', import.meta.url))

export type BundleOptions = {
  /**
   * Module whose default export is the integration, relative to the package's root, without extension. Default
   * `src/index`.
   */
  entry?: string
  outfile?: string
  minify?: boolean
  /** Leaves out the options that the definition adds to the CLI's own. Default false. */
  withCliDefaults?: boolean
  /** Plugins of esbuild, for tools that look into the bundle. The deployed bundle is built without any. */
  plugins?: Plugin[]
}

export type Bundle = {
  outfile: string
  bytes: number
  bytesByPackage: Record<string, number>
  /** Files of this package that are in the bundle, relative to its root. */
  ownFiles: string[]
}

/** Bundles like the Botpress CLI 5.5 does at deploy: the same entry, the same options, those of the definition last. */
export const buildBundle = async ({
  entry = 'src/index',
  outfile = 'dist/index.cjs',
  minify = true,
  withCliDefaults = false,
  plugins = [],
}: BundleOptions = {}): Promise<Bundle> => {
  const absoluteOutfile = resolve(ROOT, outfile)
  const importFrom = `./${relative(ROOT, resolve(ROOT, entry)).replaceAll('\\', '/')}`
  const { metafile } = await build({
    stdin: {
      contents: `import x from '${importFrom}'; export default x;\nexport const handler = x.handler;`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    outfile: absoluteOutfile,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'es2020',
    format: 'cjs',
    keepNames: true,
    minify,
    legalComments: 'none',
    sourcemap: false,
    logLevel: 'warning',
    logOverride: { 'equals-negative-zero': 'silent' },
    metafile: true,
    ...(withCliDefaults ? { plugins } : { ...bundlingOptions, plugins: [...plugins, ...bundlingOptions.plugins] }),
  })
  const [output] = Object.values(metafile.outputs)
  if (!output) throw new Error('esbuild wrote no bundle')
  return {
    outfile: absoluteOutfile,
    bytes: output.bytes,
    bytesByPackage: bytesByPackage(output.inputs),
    ownFiles: Object.keys(output.inputs).filter((path) => packageOf(path) === OWN && path !== '<stdin>'),
  }
}

const bytesByPackage = (inputs: Record<string, { bytesInOutput: number }>): Record<string, number> => {
  const sums = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(path)
    sums.set(name, (sums.get(name) ?? 0) + bytesInOutput)
  }
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a))
}

const packageOf = (path: string): string => {
  // These files stand for a package: see `alias` in src/bundling/options.ts.
  const standsFor = /^src\/bundling\/(.+)\.[cm]js$/.exec(path)?.[1]
  if (standsFor !== undefined) return standsFor
  const inside = path.split('node_modules/').at(-1) ?? path
  if (inside === path) return OWN
  return inside.split('/', inside.startsWith('@') ? 2 : 1).join('/')
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

const help = `npm run build [-- --quiet]

Bundles the integration to dist/index.cjs, as the Botpress CLI does at deploy,
and prints its size and its largest packages.

  --quiet  prints nothing`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const bundle = await buildBundle()
  await mkdir(dirname(bundle.outfile), { recursive: true })
  const report = { bytes: bundle.bytes, bytesByPackage: bundle.bytesByPackage }
  await writeFile(resolve(dirname(bundle.outfile), 'bundle-report.json'), `${JSON.stringify(report, null, 2)}\n`)
  if (process.argv.includes('--quiet')) return
  const largest = Object.entries(bundle.bytesByPackage).slice(0, 8)
  console.log(`${relative(ROOT, bundle.outfile)}  ${kilobytes(bundle.bytes)}`)
  for (const [name, bytes] of largest) console.log(`  ${kilobytes(bytes).padStart(10)}  ${name}`)
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) void main()
