import { expect, it } from 'vitest'
import { medianCrossing } from './crossing'
import { openPageForEach } from './each-page'
import { fillSandbox } from './fill-sandbox'
import { openMeasured } from './measure'
import { createSides } from './page'

const present = openPageForEach()

/** Filling a sandbox, too, may take a busy machine long. */
const FILL_MS = 180_000

/** 200 webhooks and what follows from them take a busy machine this long. The page has no part in it. */
const RELAY_MS = 90_000

const count = (selector: string): string => `document.querySelectorAll('${selector}').length`

/** What is in the document may be painted a moment later. */
const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint')
    if (entry) resolve(entry.startTime)
  }).observe({ type: 'paint', buffered: true })
})`

it('the page loads fast, and messages reach the other side fast', async () => {
  const { page, sides } = present()
  await page.reload()
  await sides.customer.waitFor()
  const paintMs = Number(await page.evaluate(firstPaint))
  await sides.startTalk()
  const toAgentMs = await medianCrossing(page, sides.customerSays, '.transcript')
  const toCustomerMs = await medianCrossing(page, sides.agentSays, '.customer')
  // The limits are generous, because the machine may be busy. The aims are 1 s and 200 ms.
  console.log(
    `first paint ${Math.round(paintMs)} ms; customer to agent ${Math.round(toAgentMs)} ms; ` +
      `agent to customer ${Math.round(toCustomerMs)} ms (medians of 7)`,
  )
  expect(paintMs).toBeLessThan(5_000)
  expect(Math.max(toAgentMs, toCustomerMs)).toBeLessThan(5_000)
})

it(
  'paints at once with 30 customers, long messages and more than 1,200 entries, and takes input',
  { timeout: FILL_MS },
  async () => {
    const { page, system, url } = present()
    await fillSandbox(url, { customers: 30, messages: 4, longBytes: 20_000 })
    expect(system.ledger.mark()).toBeGreaterThan(1_200)
    const tab = await page.context().newPage()
    const startedMs = performance.now()
    const busyMs = await openMeasured(tab, url)
    const field = createSides(tab).customer.getByRole('textbox', { name: 'Message Input' })
    await field.waitFor()
    const paintedMs = performance.now() - startedMs
    await field.fill('Hello')
    const typedMs = performance.now() - startedMs
    const workMs = await busyMs()
    // The inspector's lines come after both sides of the talk.
    await expect.poll(() => tab.evaluate(count('.group__row, .entry__row'))).toBe(40)
    const nodes = Number(await tab.evaluate(count('*')))
    console.log(
      `30 customers: painted after ${Math.round(paintedMs)} ms, typed after ${Math.round(typedMs)} ms, of which the page ` +
        `worked ${Math.round(workMs)} ms; ${nodes} nodes`,
    )
    expect(nodes).toBeLessThan(2_000)
    // The aim is 1.5 s until the page takes input. A crowded machine may double the work.
    expect(workMs).toBeLessThan(3_000)
  },
)

it('stays alive during a burst of 200 messages, and renders no line twice', { timeout: 3 * RELAY_MS }, async () => {
  const { page, sides, system } = present()
  await sides.startTalk()
  const { desk } = system.livechat
  const [chat] = desk.chats()
  await page.evaluate(`globalThis.longestMs = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longestMs = Math.max(globalThis.longestMs, duration)
    }).observe({ type: 'longtask' })
    globalThis.changed = new Map()
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const line = target.parentElement?.closest('.transcript__step')
        if (line) globalThis.changed.set(line, (globalThis.changed.get(line) ?? 0) + 1)
      }
    }).observe(document.querySelector('.transcript'), { childList: true, subtree: true, characterData: true })
    undefined`)
  const startedMs = performance.now()
  for (let number = 1; number <= 200; number += 1)
    desk.say(chat!.chatId, 'amber@example.com', `Message ${number} of 200`)
  await sides.transcript.getByText('Message 200 of 200').waitFor({ timeout: RELAY_MS })
  await sides.customer.getByText('Message 200 of 200').waitFor({ timeout: RELAY_MS })
  const doneMs = performance.now() - startedMs
  const longestMs = Number(await page.evaluate('globalThis.longestMs'))
  console.log(`200 messages: on both sides after ${Math.round(doneMs)} ms, longest task ${Math.round(longestMs)} ms`)
  expect(await page.evaluate('globalThis.changed.size')).toBe(0)
  expect(Number(await page.evaluate(count('.transcript__step')))).toBeLessThanOrEqual(100)
  await sides.desk.getByRole('button', { name: /earlier events/ }).click()
  await sides.transcript.getByText('Message 50 of 200').waitFor()
  expect(longestMs).toBeLessThan(3_000)
})

it('tells the page only what has changed', { timeout: FILL_MS }, async () => {
  const { page, sides, system, url } = present()
  await fillSandbox(url, { customers: 10, messages: 2, longBytes: 20_000 })
  await page.addInitScript(`
    globalThis.received = []
    const add = WebSocket.prototype.addEventListener
    WebSocket.prototype.addEventListener = function (type, listener) {
      add.call(this, type, (event) => {
        if (type === 'message') globalThis.received.push(event.data.length)
        listener(event)
      })
    }`)
  await page.reload()
  await sides.customer.getByRole('textbox', { name: 'Message Input' }).waitFor()
  await page.evaluate('globalThis.received.length = 0')
  await sides.customerSays('When does my parcel arrive?')
  await sides.customer.getByText('Orders leave within a day').waitFor()
  await system.settle()
  const characters = Number(await page.evaluate('globalThis.received.reduce((sum, each) => sum + each, 0)'))
  expect(characters).toBeLessThan(10_000)
})

it('works in more tabs than a browser has connections for', async () => {
  const { page, url } = present()
  const tabs = []
  for (let number = 2; number <= 8; number += 1) {
    const tab = await page.context().newPage()
    await tab.goto(url)
    await tab.getByRole('textbox', { name: 'Message Input' }).waitFor({ timeout: 15_000 })
    tabs.push(tab)
  }
  for (const tab of tabs) await tab.close()
})
