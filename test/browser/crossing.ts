import type { Page } from 'playwright-core'

const ROUNDS = 7

/** Time from the key that sends a text until it is on the other side's screen, measured inside the page. */
export const medianCrossing = async (
  page: Page,
  send: (text: string) => Promise<void>,
  arrivesIn: string,
): Promise<number> => {
  const times: number[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const text = `Number ${round} for ${arrivesIn}`
    await page.evaluate(stopwatch(text, arrivesIn))
    await send(text)
    times.push(Number(await page.evaluate('globalThis.crossing')))
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN
}

const stopwatch = (text: string, selector: string): string => `
  {
  let startedMs
  addEventListener('keydown', () => { startedMs = performance.now() }, { capture: true, once: true })
  globalThis.crossing = new Promise((resolve) => {
    new MutationObserver((_changes, observer) => {
      const place = document.querySelector(${JSON.stringify(selector)})
      if (!place.textContent.includes(${JSON.stringify(text)})) return
      observer.disconnect()
      resolve(performance.now() - startedMs)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  }
  undefined
`
