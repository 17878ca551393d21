import { buildBundle, type Bundle } from './build'

/** Our bundle and the floors that it is compared with, all built as the CLI builds a bundle at deploy. */
export type Bundles = { ours: Bundle; empty: Bundle; oneCall: Bundle }

export const buildBundles = async (): Promise<Bundles> => {
  const [ours, empty, oneCall] = await Promise.all([
    buildBundle({ outfile: 'dist/bench/ours.cjs' }),
    buildBundle({ outfile: 'dist/bench/empty.cjs', entry: 'tools/floors/empty' }),
    buildBundle({ outfile: 'dist/bench/one-call.cjs', entry: 'tools/floors/one-call' }),
  ])
  return { ours, empty, oneCall }
}
