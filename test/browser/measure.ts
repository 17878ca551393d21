import type { Locator, Page as BrowserPage } from 'playwright-core'

// The tests are compiled without a browser's types.
type Page = {
  getComputedStyle: (element: unknown) => Record<string, string>
  KeyboardEvent: new (type: string, init: object) => unknown
}
type Target = { dispatchEvent: (event: unknown) => void }
type Scrolled = { scrollTop: number; clientHeight: number; scrollHeight: number }

/** A computed style, such as `direction`. */
export const styleOf = (element: Locator, name: string): Promise<string> =>
  element.evaluate((found, property) => (globalThis as unknown as Page).getComputedStyle(found)[property] ?? '', name)

/** Whether a list shows its last line. */
export const isAtEnd = (list: Locator): Promise<boolean> =>
  list.evaluate(({ scrollTop, clientHeight, scrollHeight }: Scrolled) => scrollTop + clientHeight > scrollHeight - 30)

/** Presses Enter several times before the page can do anything about the first. */
export const pressEnter = (field: Locator, times: number): Promise<void> =>
  field.evaluate((element: Target, count) => {
    const { KeyboardEvent: Key } = globalThis as unknown as Page
    for (let time = 0; time < count; time += 1) {
      element.dispatchEvent(new Key('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    }
  }, times)

/**
 * Opens an address in this tab. Returns what the page may ask then: how long its main thread has worked so far, without
 * the time in which it waited for a core. So a busy machine changes it little.
 */
export const openMeasured = async (page: BrowserPage, url: string): Promise<() => Promise<number>> => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(url)
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
  }
}
