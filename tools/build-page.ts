import { build } from 'esbuild'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('../sandbox/web', import.meta.url))
const ROOT = fileURLToPath(new URL('../dist/page', import.meta.url))

/** Builds the sandbox's page into `dist/page`; returns that folder. Nothing of it is deployed. */
export const buildPage = async (outdir = ROOT): Promise<string> => {
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  await build({
    entryPoints: [join(SOURCE, 'main.tsx')],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  })
  await Promise.all(['index.html', 'favicon.svg'].map((name) => cp(join(SOURCE, name), join(outdir, name))))
  return outdir
}
