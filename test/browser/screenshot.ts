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
  body { display: block; height: auto; margin: 0; overflow: visible; background: #fff }
  .sides { display: inline-flex; gap: 24px; padding: 20px 24px 26px; background: #eef1f8 }
  .sides figure { margin: 0 }
  .sides figcaption { margin: 0 0 12px 4px; font: 17px/1.4 'Inter Variable', Inter, sans-serif; color: #1f2733 }
  .sides img { display: block; border: 1px solid #d3d8e4; border-radius: 12px }
`

/** Keeps parts of the page as one picture, each with a caption above it. Takes the place of the page's content. */
export const keepSideBySide = async (page: Page, name: string, sides: readonly Side[]): Promise<void> => {
  if (!inject('keepsPictures')) return
  await page.evaluate('document.fonts.ready')
  const figures: string[] = []
  for (const { title, rest, part } of sides) {
    const picture = await part.screenshot({ animations: 'disabled', caret: 'hide' })
    const width = (await part.boundingBox())?.width ?? 0
    const address = `data:image/png;base64,${picture.toString('base64')}`
    figures.push(
      `<figure><figcaption><b>${title}</b> ${rest}</figcaption><img width="${width}" src="${address}"></figure>`,
    )
  }
  const html = `<style>${frame}</style><div class="sides">${figures.join('')}</div>`
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(html)}`)
  await page.locator('.sides').screenshot({ path: `${FOLDER}${name}.png` })
}

/** Keeps the smallest rectangle that holds all parts, and a margin below them. */
export const keepPart = async (page: Page, name: string, parts: readonly Locator[], below = 0): Promise<void> => {
  if (!inject('keepsPictures')) return
  await page.evaluate('document.fonts.ready')
  const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null)
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y
  const clip = { x, y, width, height: height + below }
  await page.screenshot({ path: `${FOLDER}${name}.png`, clip, animations: 'disabled', caret: 'hide' })
}
