import type { Locator } from 'playwright-core'

// The tests are compiled without a browser's types.
type Page = { getComputedStyle: (element: unknown) => Record<string, string> }
type Scrolled = { scrollTop: number; clientHeight: number; scrollHeight: number }

/** A computed style, such as `direction`. */
export const styleOf = (element: Locator, name: string): Promise<string> =>
  element.evaluate((found, property) => (globalThis as unknown as Page).getComputedStyle(found)[property] ?? '', name)

/** Whether a list shows its last line. */
export const isAtEnd = (list: Locator): Promise<boolean> =>
  list.evaluate(({ scrollTop, clientHeight, scrollHeight }: Scrolled) => scrollTop + clientHeight > scrollHeight - 30)
