import { readFile } from 'node:fs/promises'

/** The part of a plugin of esbuild that we use. The types of esbuild are not among the dependencies. */
type Builder = {
  onLoad: (
    options: { filter: RegExp },
    load: (file: { path: string }) => Promise<{ contents: string; loader: 'js' }>,
  ) => void
}

/** APIs that an integration's token may not call. The package has a client for each. */
const otherApis = ['admin', 'billing', 'files', 'runtime', 'tables']

/**
 * Lets esbuild leave out of `@botpress/client` what only other programs use: 130 of 280 kB. Nothing refers to these
 * clients, but a call at the start of the module fills an object for each, and esbuild keeps calls. We remove these
 * calls. If the package looks different one day, it is bundled as a whole.
 */
export const integrationClient = {
  name: 'integration-client',
  setup: ({ onLoad }: Builder): void => {
    onLoad({ filter: /@botpress[\\/]client[\\/]dist[\\/]index\.mjs$/ }, async ({ path }) => ({
      contents: withoutOtherApis(await readFile(path, 'utf8')),
      loader: 'js',
    }))
  },
}

export const withoutOtherApis = (code: string): string => otherApis.reduce(withoutApi, code)

const withoutApi = (code: string, api: string): string => {
  const exported = new RegExp(`(?:^|[{,])([\\w$]+) as ${api}[,}]`, 'm').exec(code)?.[1]
  if (exported === undefined) return code
  const name = exported.replaceAll('$', '\\$')
  return code.replace(new RegExp(`(var ${name}=\\{\\};)[\\w$]+\\(${name},\\{Client:\\(\\)=>[\\w$]+\\}\\);`), '$1')
}
