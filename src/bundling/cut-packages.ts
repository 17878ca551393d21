import { readFile } from 'node:fs/promises'

/** The part of a plugin of esbuild that we use. The types of esbuild are not among the dependencies. */
type Builder = {
  onLoad: (
    options: { filter: RegExp },
    load: (file: { path: string }) => Promise<{ contents: string; loader: 'js' }>,
  ) => void
}

/**
 * Changes two packages while they are bundled. If a package no longer has the expected shape, it is bundled unchanged,
 * and a test fails.
 */
export const cutPackages = {
  name: 'cut-packages',
  setup: ({ onLoad }: Builder): void => {
    const change = (filter: RegExp, cut: (code: string) => string): void =>
      onLoad({ filter }, async ({ path }) => ({ contents: cut(await readFile(path, 'utf8')), loader: 'js' }))
    change(/@botpress[\\/]client[\\/]dist[\\/]index\.mjs$/, withoutOtherApis)
    change(/axios[\\/]dist[\\/]node[\\/]axios\.cjs$/, withoutEarlyFetch)
  },
}

/** APIs that an integration's token may not call. The package has a client for each. */
const otherApis = ['admin', 'billing', 'files', 'runtime', 'tables']

/**
 * Lets esbuild leave out of `@botpress/client` what only other programs use: 130 of 280 kB. Nothing refers to these
 * clients, but a call at the start of the module fills an object for each, and esbuild keeps calls. We remove these.
 */
export const withoutOtherApis = (code: string): string => otherApis.reduce(withoutApi, code)

const withoutApi = (code: string, api: string): string => {
  const exported = new RegExp(`(?:^|[{,])([\\w$]+) as ${api}[,}]`, 'm').exec(code)?.[1]
  if (exported === undefined) return code
  const name = exported.replaceAll('$', '\\$')
  return code.replace(new RegExp(`(var ${name}=\\{\\};)[\\w$]+\\(${name},\\{Client:\\(\\)=>[\\w$]+\\}\\);`), '$1')
}

/**
 * axios looks at Node's `fetch` and `FormData` when it is loaded, and Node then loads all of `fetch`: a sixth of a
 * start. We send by `http`. Without these two lines, axios makes its adapter for `fetch` only if a request asks for it,
 * and recognises a form by its tag.
 */
export const withoutEarlyFetch = (code: string): string =>
  code
    .replace(/^getFetch\(\);$/m, '')
    .replace("typeof G.FormData !== 'undefined' ? G.FormData : undefined;", 'undefined;')
