import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { guarantee, photo } from './files'
import { openBrowser, openPage, type OpenPage } from './open-page'
import { createSides, type Sides } from './page'
import { keepPicture } from './screenshot'

const note = 'Third leak this week from that series: tell the warehouse.'

let browser: Browser
let opened: OpenPage
let sides: Sides
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  opened = await openPage(browser, inject('pageRoot'))
  sides = createSides(opened.page)
})
afterEach(async () => {
  await opened.close()
  expect(opened.problems).toEqual([])
})

/** A customer with an agent, past the time in which the plugin swallows what comes. */
const startTalk = async (): Promise<void> => {
  await sides.customerSays('I would like to talk to a person, please')
  await sides.pickUp('Teal Visitor')
  await sides.customer.getByText('A person has joined').waitFor()
}

it('carries a whole handoff: history, words, a file each way, a note kept back, a transfer, the end', async () => {
  const { page } = opened
  const { customer, desk, transcript, session } = sides
  await session.getByText('Talking to the bot').waitFor()
  await keepPicture(page, 'start')

  await customer.getByRole('button', { name: 'My kettle leaks' }).click()
  await customer.getByText('guarantee of 2 years').waitFor()
  await startTalk()
  await transcript.getByText('My kettle leaks').waitFor()
  await sides.agentSays('Hello Teal, I am sorry to hear that. Which one is it?')
  await customer.getByText('Which one is it?').waitFor()
  await session.getByText('Talking to Agent Amber').waitFor()
  await sides.customerSays('The blue one 🫖, bought in May.')
  await transcript.getByText('The blue one').waitFor()

  await customer.locator('input[type=file]').setInputFiles(photo)
  await customer.getByText('PNG', { exact: true }).waitFor()
  await customer.getByRole('button', { name: 'Send Message Button' }).click()
  await transcript.getByRole('img', { name: photo.name }).waitFor()
  await desk.getByTestId('agent-file').setInputFiles(guarantee)
  await customer.getByRole('link', { name: guarantee.name }).waitFor()

  await sides.agentNotes(note)
  await transcript.getByText(note).waitFor()
  await sides.agentSays('A colleague will arrange a new one.')
  await customer.getByText('A colleague will arrange').waitFor()
  await keepPicture(page, 'handoff')

  await sides.transferTo('Agent Birch')
  await desk.getByRole('button', { name: 'Join chat' }).waitFor()
  await sides.actAs('Birch')
  await sides.agentSays('Birch here. A new kettle is on its way to you.')
  await customer.getByText('Birch here').waitFor()
  await session.getByText('Talking to Agent Birch').waitFor()
  expect(await customer.getByText(note).count()).toBe(0)

  await desk.getByRole('button', { name: 'Close chat' }).click()
  await session.getByText('Talking to the bot').waitFor()
  await desk.getByText('This chat is closed').waitFor()
  expect(JSON.stringify((await opened.state()).people[0]?.messages)).not.toContain(note)
})

it('shows the queue in order, and serves the next one when there is room', async () => {
  const { page } = opened
  await sides.customerSays('A person, please')
  await sides.session.getByText('place 1 in the queue').waitFor()
  await sides.addCustomer('Plum Visitor', 'plum@example.com')
  await sides.customerSays('An agent, please')
  await sides.session.getByText('place 2 in the queue').waitFor()
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  await sides.customerSays('Is somebody there?')
  await sides.session.getByText('place 3 in the queue').waitFor()
  await sides.pickUp('Teal Visitor')
  await expect
    .poll(() => sides.chats('queued').allTextContents())
    .toEqual([expect.stringContaining('Plum Visitor'), expect.stringContaining('Moss Visitor')])
  await sides.session.getByText('place 2 in the queue').waitFor()
  await keepPicture(page, 'queue')
  await sides.pickUp('Plum Visitor')
  await sides.session.getByText('place 1 in the queue').waitFor()
})

it('goes on after a refresh in the middle', async () => {
  const { page } = opened
  await startTalk()
  await sides.agentSays('Before the refresh')
  await sides.customer.getByText('Before the refresh').waitFor()
  await page.reload()
  await sides.customer.getByText('Before the refresh').waitFor()
  await sides.transcript.getByText('Before the refresh').waitFor()
  await sides.agentSays('After the refresh')
  await sides.customer.getByText('After the refresh').waitFor()
  await sides.customerSays('I am still here')
  await sides.transcript.getByText('I am still here').waitFor()
  expect(await sides.customer.getByText('Before the refresh').count()).toBe(1)
})

it('lets one watch faults heal: each message arrives once', async () => {
  const { page } = opened
  await startTalk()
  for (const [fault, text] of [
    ['Drop the next answer', 'Sent while an answer was lost'],
    ['Expire the token', 'Sent with a token that had ended'],
  ] as const) {
    await sides.arm(fault)
    await sides.customerSays(text)
    await sides.transcript.getByText(text).waitFor()
  }
  await sides.arm('Deliver twice')
  await sides.agentSays('Delivered twice, shown once')
  await sides.customer.getByText('Delivered twice').waitFor()
  await sides.inspector.getByText('fault: reset').waitFor()
  await opened.system.settle()
  // Notices go by themselves; in the picture they would cover what it shows.
  await expect.poll(() => page.getByRole('button', { name: 'Dismiss' }).count(), { timeout: 15_000 }).toBe(0)
  await sides.inspector.getByText('fault: reset').scrollIntoViewIfNeeded()
  await page.mouse.move(0, 0)
  await keepPicture(page, 'fault')
  for (const text of ['Sent while an answer was lost', 'Sent with a token that had ended']) {
    expect(await sides.transcript.getByText(text).count()).toBe(1)
  }
  expect(await sides.customer.getByText('Delivered twice').count()).toBe(1)
})

it('shows no secret in the inspector', async () => {
  await startTalk()
  const { configuration, botpress } = opened.system
  for (const row of await sides.inspector.getByRole('button', { name: /accounts\/token|webhook\/|states/ }).all()) {
    await row.click()
  }
  const shown = (await sides.inspector.textContent()) ?? ''
  expect(shown).toContain('••••••')
  expect(shown).not.toContain(configuration.webhookSecret)
  expect(shown).not.toContain(botpress.token)
  expect(shown).not.toMatch(/dal:[\w-]{8}/)
})

it('tells the customer when LiveChat refuses, tells the owner why, and the bot goes on', async () => {
  opened.system.livechat.license.expire()
  await sides.customerSays('A person, please')
  await sides.customer.getByText('I could not reach a person').waitFor()
  await sides.session.getByText('Talking to the bot').waitFor()
  await sides.inspector.getByRole('group').getByRole('button', { name: /owner/ }).click()
  await sides.inspector.getByText('The hand-off failed').waitFor()
})
