import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url))

/** Keeps a screenshot of the page for the documents, small enough for a web page. */
export const keepPicture = async (page: Page, name: string): Promise<void> => {
  await mkdir(FOLDER, { recursive: true })
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled', caret: 'hide' })
}
