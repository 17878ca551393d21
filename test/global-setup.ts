import { buildBundle } from '../tools/build'

/** Builds the bundle once for all tests that run it. */
export default async function setup(): Promise<void> {
  await buildBundle()
}
