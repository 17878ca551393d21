import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage, type OpenPage } from './open-page'
import { createSides, type Sides } from './page'
import { keepSideBySide, keepPart } from './screenshot'

/** The pictures of the guide: both sides, the first message to the agent, and the agent's view. Each test asserts what its picture promises. */

const note = 'Third leak from that series: tell the warehouse.'
const card = {
  title: 'Leaking kettle: wants a new one',
  description: 'Bought in May, so the guarantee covers it.',
  hitlSession: { customFieldsText: 'Order: 4711\nModel: blue, 1.7 litres', phone: '+4930123456', language: 'en' },
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A customer whose bot knows the order, and who is with an agent. The page shows the two sides alone. */
const beginTalk = async (size: { width: number; height: number }): Promise<OpenPage & { sides: Sides }> => {
  const opened = await openPage(browser, inject('pageRoot'), { pixelsPerPoint: 2 })
  const { page, url } = opened
  await page.setViewportSize(size)
  const put = await fetch(`${url}/api/start-card`, { method: 'PUT', body: JSON.stringify(card) })
  expect(put.status).toBe(200)
  const sides = createSides(page)
  await sides.inspector.getByRole('button', { name: 'Collapse the inspector' }).click()
  await sides.customer.getByRole('button', { name: 'My kettle leaks' }).click()
  await sides.customer.getByText('two-year guarantee').waitFor()
  await sides.startTalk('A person, please')
  return Object.assign(opened, { sides })
}

it('handoff: both sides of a talk, and a note that the end user does not see', async () => {
  const { page, sides, problems, close } = await beginTalk({ width: 1440, height: 760 })
  const { customer, transcript, desk } = sides
  await sides.agentSays('Hello Teal, I am sorry to hear that.')
  await customer.getByText('Hello Teal').waitFor()
  await sides.sendCanned('#which-kettle')
  await customer.getByText('Which kettle is it?').waitFor()
  await sides.customerSays('1')
  await transcript.locator('[data-pressed="true"]', { hasText: 'The blue one' }).waitFor()
  await sides.agentNotes(note)
  await sides.agentSays('A new one is on its way to you.')
  await customer.getByText('A new one is on its way').waitFor()
  expect(await transcript.getByText(note).count()).toBe(1)
  expect(await customer.getByText(note).count()).toBe(0)
  expect(await customer.getByText('Agent Amber').count()).toBeGreaterThan(0)
  await keepSideBySide(page, 'handoff', [
    { title: 'The end user', rest: 'stays in your bot’s channel', part: customer.locator('.customer__person') },
    { title: 'The agent', rest: 'works in LiveChat', part: desk.locator('.chat') },
  ])
  await close()
  expect(problems).toEqual([])
})

it('briefing: the title, the details and the conversation so far', async () => {
  const { page, sides, problems, close } = await beginTalk({ width: 1440, height: 900 })
  const { transcript, desk } = sides
  for (const text of [card.title, card.description, '+4930123456', 'Order: 4711', 'two-year guarantee'])
    expect(await transcript.getByText(text).count(), text).toBeGreaterThan(0)
  await keepPart(page, 'briefing', [desk.locator('.chat__head'), transcript.locator('.system-line').first()], 20)
  await close()
  expect(problems).toEqual([])
})

it('agent: the chats, the first message, and a card with the customer’s details', async () => {
  const { page, sides, problems, close } = await beginTalk({ width: 1440, height: 915 })
  const { customer, desk } = sides
  await sides.agentSays('Hello Teal, I am sorry to hear that. A new one is on its way to you.')
  await customer.getByText('Hello Teal').waitFor()
  const details = desk.getByRole('complementary', { name: 'Customer details' })
  for (const text of ['+4930123456', '4711', 'blue, 1.7 litres'])
    expect(await details.getByText(text).count(), text).toBeGreaterThan(0)
  await keepPart(page, 'agent', [desk.locator('.desk__columns')])
  await close()
  expect(problems).toEqual([])
})
