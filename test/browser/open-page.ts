import { chromium, type Browser, type Page } from 'playwright-core'
import { RunningClock } from '../../sandbox/clock'
import { startControl, type ControlServer } from '../../sandbox/control/server'
import { startPageSystem } from '../../sandbox/control/start-page-system'
import type { Snapshot } from '../../sandbox/control/views'
import type { System } from '../../sandbox/start-sandbox'

/** The path of Debian's package. Without a browser these tests fail; they are never skipped. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

// Only the page under test may use the network. `--no-sandbox`, because machines that run checks have no sandbox for
// browsers.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const DESKTOP = { width: 1440, height: 900 }

export type OpenPage = {
  page: Page
  url: string
  control: ControlServer
  system: System
  /** What went wrong in the page: errors in its console, thrown errors, requests that failed or left this machine. */
  problems: string[]
  state: () => Promise<Snapshot>
  /** Waits until nothing is under way, and moves the sandbox's time on. What is due by then has then happened. */
  moveOn: (durationMs: number) => Promise<void>
  close: () => Promise<void>
}

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS })

/**
 * A sandbox of its own, with the page on it in a new browser profile.
 * @param pixelsPerPoint 2 for pictures that are sharp on any screen
 */
export const openPage = async (
  browser: Browser,
  pageRoot: string,
  { pixelsPerPoint = 1 }: { pixelsPerPoint?: number } = {},
): Promise<OpenPage> => {
  let system = await startPageSystem()
  const control = await startControl({
    system,
    restart: async () => (system = await startPageSystem()),
    pageRoot,
    people: [{ name: 'Teal Visitor', email: 'teal@example.com' }],
  })
  const context = await browser.newContext({
    viewport: DESKTOP,
    deviceScaleFactor: pixelsPerPoint,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  const problems = watch(page, control)
  await page.goto(control.url)
  await page.getByRole('region', { name: 'Customer' }).waitFor()
  return {
    page,
    url: control.url,
    control,
    // Another one after a reset.
    get system() {
      return system
    },
    problems,
    state: async () => (await (await fetch(`${control.url}/api/state`)).json()) as Snapshot,
    moveOn: async (durationMs) => {
      const { clock, settle } = system
      if (!(clock instanceof RunningClock)) throw new Error('the time of this sandbox cannot be moved')
      await settle()
      await clock.moveOn(durationMs)
    },
    close: async () => {
      await context.close()
      await control.close()
      await system.close()
    },
  }
}

const watch = (page: Page, control: ControlServer): string[] => {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(control.url) && !/^(data|blob):/.test(url)) problems.push(`left the sandbox: ${url}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
  })
  return problems
}
