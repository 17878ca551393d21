import { buildBundle, type Bundle } from './build'

/**
 * Our bundle and the floors that it is compared with, all built as the CLI builds a bundle at deploy. The floors are
 * built with the CLI's defaults, as an integration without options of its own is.
 */
export type Bundles = { ours: Bundle; empty: Bundle; oneCall: Bundle }

export const buildBundles = async (): Promise<Bundles> => {
  const [ours, empty, oneCall] = await Promise.all([
    buildBundle({ outfile: 'dist/bench/ours.cjs' }),
    buildBundle({ outfile: 'dist/bench/empty.cjs', entry: 'tools/floors/empty', withCliDefaults: true }),
    buildBundle({ outfile: 'dist/bench/one-call.cjs', entry: 'tools/floors/one-call', withCliDefaults: true }),
  ])
  return { ours, empty, oneCall }
}
