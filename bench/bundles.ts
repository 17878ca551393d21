import { buildBundle, type Bundle } from '../scripts/build'

/** What is measured, and the floors under it, all built as the CLI builds a bundle at deploy. */
export type Bundles = { ours: Bundle; empty: Bundle; oneCall: Bundle }

export const buildBundles = async (): Promise<Bundles> => {
  const [ours, empty, oneCall] = await Promise.all([
    buildBundle({ outfile: 'dist/bench/ours.cjs' }),
    buildBundle({ outfile: 'dist/bench/empty.cjs', entry: 'bench/floors/empty' }),
    buildBundle({ outfile: 'dist/bench/one-call.cjs', entry: 'bench/floors/one-call' }),
  ])
  return { ours, empty, oneCall }
}
