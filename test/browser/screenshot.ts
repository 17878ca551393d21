import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    keepsPictures: boolean
  }
}

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url))

/** Keeps a screenshot of the page for the documents, small enough for a web page: only by `npm run screenshots`. */
export const keepPicture = async (page: Page, name: string): Promise<void> => {
  if (!inject('keepsPictures')) return
  await mkdir(FOLDER, { recursive: true })
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled', caret: 'hide' })
}
