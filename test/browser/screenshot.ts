import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
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

type Side = { title: string; rest: string; part: Locator }

const frame = `
  body { margin: 0; font-family: Inter Variable, Inter, sans-serif; color: #1f2733; background: #fff }
  .sides { display: inline-flex; gap: 28px; padding: 24px 28px 30px; background: linear-gradient(120deg, #e8edff, #fdf0e6) }
  figure { margin: 0 }
  figcaption { font-size: 17px; margin: 0 0 12px 4px }
  img { display: block; border-radius: 14px; box-shadow: 0 6px 28px rgb(31 39 51 / 18%) }
`

/** Keeps parts of the page as one picture, each with a caption above it. Ends the page. */
export const keepSideBySide = async (page: Page, name: string, sides: readonly Side[]): Promise<void> => {
  if (!inject('keepsPictures')) return
  await page.evaluate('document.fonts.ready')
  const figures: string[] = []
  for (const { title, rest, part } of sides) {
    const picture = await part.screenshot({ animations: 'disabled', caret: 'hide' })
    const box = await part.boundingBox()
    const address = `data:image/png;base64,${picture.toString('base64')}`
    figures.push(
      `<figure><figcaption><b>${title}</b> ${rest}</figcaption><img width="${box?.width ?? 0}" src="${address}"></figure>`,
    )
  }
  const html = `<style>${frame}</style><div class="sides">${figures.join('')}</div>`
  await page.setContent(html)
  await page.locator('.sides').screenshot({ path: `${FOLDER}${name}.png` })
}

/** Keeps the smallest rectangle that holds all parts. */
export const keepPart = async (page: Page, name: string, parts: readonly Locator[]): Promise<void> => {
  if (!inject('keepsPictures')) return
  await page.evaluate('document.fonts.ready')
  const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null)
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y
  const clip = { x, y, width, height }
  await page.screenshot({ path: `${FOLDER}${name}.png`, clip, animations: 'disabled', caret: 'hide' })
}
