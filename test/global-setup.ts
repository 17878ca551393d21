import { buildBundle } from '../tools/build'

/** Builds the bundle once for all tests that run it, and as the CLI builds it without our options. */
export default async function setup(): Promise<void> {
  await Promise.all([buildBundle(), buildBundle({ outfile: 'dist/with-cli-defaults.cjs', withCliDefaults: true })])
}
