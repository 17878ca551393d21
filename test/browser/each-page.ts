import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import { openBrowser, openPage, type OpenPage } from './open-page'
import { createSides, type Sides } from './page'

type Present = OpenPage & { sides: Sides }

/**
 * One browser for the tests of a file. Each test has a sandbox of its own with the page on it, and fails if anything
 * goes wrong in the page. Call this at the top of the file, and call the function that it returns within a test.
 */
export const openPageForEach = (): (() => Present) => {
  let browser: Browser
  let present: Present | undefined
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    const opened = await openPage(browser, inject('pageRoot'))
    present = Object.assign(opened, { sides: createSides(opened.page, opened.moveOn) })
  })
  afterEach(async () => {
    await present?.close()
    expect(present?.problems).toEqual([])
  })
  return () => {
    if (!present) throw new Error('the page is there within a test only')
    return present
  }
}
