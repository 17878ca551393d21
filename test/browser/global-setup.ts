import type { TestProject } from 'vitest/node'
import { buildBundle } from '../../tools/build'
import { buildPage } from '../../tools/build-page'

declare module 'vitest' {
  export interface ProvidedContext {
    pageRoot: string
  }
}

/** Builds what `npm start` serves: the bundle and the page. */
export default async function setup(project: TestProject): Promise<void> {
  const [pageRoot] = await Promise.all([buildPage(), buildBundle()])
  project.provide('pageRoot', pageRoot)
}
