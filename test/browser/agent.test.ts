import { expect, it } from 'vitest'
import { openPageForEach } from './each-page'
import { pressEnter, styleOf } from './measure'

const present = openPageForEach()

const focused = `document.activeElement.getAttribute('aria-label') || document.activeElement.textContent`

it.each([
  ['a message', 'Message', 'Message to the customer'],
  ['a private note', 'Private note', 'Private note'],
])('sends %s once, however often Enter is pressed', async (_name, mode, label) => {
  const { sides, system } = present()
  await sides.startTalk()
  await sides.desk.getByRole('button', { name: mode, exact: true }).click()
  const field = sides.desk.getByRole('textbox', { name: label })
  await field.fill('Only once')
  await pressEnter(field, 3)
  await sides.transcript.getByText('Only once').waitFor()
  await system.settle()
  expect(await sides.transcript.getByText('Only once').count()).toBe(1)
})

it('keeps what was begun while the agent looks at another chat, or is another agent', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  await sides.customerSays('A person, please')
  const field = sides.desk.getByRole('textbox', { name: 'Message to the customer' })
  await field.fill('I have begun to')
  await sides.desk.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name: 'Moss Visitor' }).click()
  await sides.actAs('Birch')
  await sides.actAs('Amber')
  await sides.desk.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name: 'Teal Visitor' }).click()
  expect(await field.inputValue()).toBe('I have begun to')
})

it('keeps the focus where the work goes on', async () => {
  const { page, sides } = present()
  await sides.customerSays('A person, please')
  await sides.desk.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name: 'Teal Visitor' }).click()
  await sides.desk.getByRole('button', { name: 'Pick up' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(focused)).toBe('Message to the customer')
  await sides.desk.getByRole('button', { name: 'Close chat' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(focused)).toMatch(/^This chat is closed/)
})

it('shows right-to-left text from the right, and addresses as links', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.customerSays('שלום (urgent)!')
  const text = sides.transcript.getByText('שלום (urgent)!')
  await text.waitFor()
  expect(await styleOf(text, 'direction')).toBe('rtl')
  await sides.customerSays('See https://example.com/order?id=1, please.')
  const link = sides.transcript.getByRole('link', { name: 'https://example.com/order?id=1' })
  expect(await link.getAttribute('href')).toBe('https://example.com/order?id=1')
})

it('inserts a canned answer that is typed after #, and sends nothing by itself', async () => {
  const { page, sides, state } = present()
  await sides.startTalk()
  const events = async () => (await state()).chats[0]?.transcript.length
  const before = await events()
  const field = sides.desk.getByRole('textbox', { name: 'Message to the customer' })
  await field.focus()
  await page.keyboard.type('Oh. #so')
  await sides.desk.getByRole('option', { name: /#sorry/ }).waitFor()
  await page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('Oh. I am sorry to hear that. We will send you a new one today.')
  await sides.openMenu(sides.desk.getByRole('button', { name: 'Canned responses' }), '#new-kettle')
  await sides.desk.getByText('#new-kettle (Card)').waitFor()
  expect(await events()).toBe(before)
  await page.keyboard.press('Enter')
  await sides.customer.getByText('Kettle, 1.7 litres').waitFor()
  await sides.customer.getByText('Oh. I am sorry').waitFor()
})

it('edits and deletes a message', async () => {
  const { sides } = present()
  const { customer, desk, transcript } = sides
  await sides.startTalk()
  await sides.agentSays('It costs 10')
  await customer.getByText('It costs 10').waitFor()
  await sides.changeLast('Edit')
  await desk.getByRole('textbox', { name: 'New text' }).fill('It costs 20')
  await desk.getByRole('button', { name: 'Save' }).click()
  await customer.getByText('It costs 20').waitFor()
  await sides.changeLast('Delete')
  await transcript.getByText('This message was deleted.').waitFor()
  await customer.getByText(/removed|deleted/i).waitFor()
})

it('says in the transfer menu who is away, and who would get the chat', async () => {
  const { page, sides } = present()
  await sides.startTalk()
  await sides.desk.getByRole('button', { name: 'Transfer', exact: true }).click()
  const items = await page.getByRole('menuitem').allTextContents()
  expect(items.find((item) => item.includes('Agent Cedar'))).toContain('not accepting chats')
  expect(items.find((item) => item.includes('Sales'))).toContain('Amber, Birch')
})

it('rings when a chat comes in, unless the sound is off', async () => {
  const { page, sides, system } = present()
  await page.addInitScript(`
    globalThis.tones = []
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (...when) {
      globalThis.tones.push(this.frequency.value)
      return start.apply(this, when)
    }`)
  await page.reload()
  const tones = (): Promise<number[]> => page.evaluate('globalThis.tones')
  await sides.customerSays('A person, please')
  await expect.poll(tones).toEqual([880, 1320])
  await sides.desk.getByRole('button', { name: 'Switch the sound off' }).click()
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  await sides.customerSays('A person, please')
  await expect.poll(() => page.title()).toMatch(/^\(2\)/)
  await system.settle()
  expect(await tones()).toHaveLength(2)
})

it('counts what waits in the title, and marks as unread only what the agent has not seen', async () => {
  const { page, sides } = present()
  await sides.startTalk()
  expect(await page.title()).not.toMatch(/^\(/)
  await sides.customerSays('Seen at once')
  await sides.transcript.getByText('Seen at once').waitFor()
  expect(await sides.desk.getByText('Unread').count()).toBe(0)
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  await sides.customerSays('A person, please')
  await expect.poll(() => page.title()).toMatch(/^\(1\)/)
  await sides.pickUp('Moss Visitor')
  await expect.poll(() => page.title()).not.toMatch(/^\(/)
  await sides.customer.getByRole('button', { name: 'Teal' }).click()
  await sides.customerSays('While you look elsewhere')
  await sides.desk.getByText('Unread').waitFor({ state: 'attached' })
  await expect.poll(() => page.title()).toMatch(/^\(1\)/)
})

it('shows the customer’s own words in the list, also before anybody has answered', async () => {
  const { sides } = present()
  await sides.customerSays('My parcel is wet, a person please')
  const item = sides.chats('queued').first()
  await expect.poll(() => item.textContent()).toContain('My parcel is wet')
  expect(await item.textContent()).not.toContain('asks for a person')
  await sides.pickUp('Teal Visitor')
  await sides.agentSays('Oh no')
  await expect.poll(() => sides.chats('active').first().textContent()).toContain('You: Oh no')
})

it('tags a chat, supervises, leaves and reopens it', async () => {
  const { sides, state } = present()
  await sides.startTalk()
  await sides.desk.getByRole('textbox', { name: 'New tag' }).fill('vip')
  await sides.desk.getByRole('textbox', { name: 'New tag' }).press('Enter')
  await expect.poll(async () => (await state()).chats[0]?.tags).toEqual(['vip'])
  await sides.actAs('Birch')
  await sides.moreActions('Supervise')
  await expect.poll(async () => (await state()).chats[0]?.agentIds).toContain('birch@example.com')
  await sides.actAs('Amber')
  await sides.moreActions('Close for inactivity')
  await sides.desk.getByText('This chat is closed').waitFor()
  await sides.session.getByText('Talking to the bot').waitFor()
  await sides.moreActions('Reopen the chat')
  await expect.poll(async () => (await state()).chats[0]?.state).toBe('assigned')
})

it('greets automatically, and gives the chat of a silent agent to another one', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.moreActions('Send an automatic greeting')
  await sides.customer.getByText('Do you need any help?').waitFor()
  await sides.moreActions('Give it to another agent: this one is silent')
  await sides.session.getByText('Talking to Agent Birch').waitFor()
})

it('tells the flows that an agent came back, and what they wrote', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.agentSays('I will look for it')
  await sides.customer.getByText('I will look for it').waitFor()
  await sides.desk.getByRole('button', { name: 'Close chat' }).click()
  await sides.session.getByText('Talking to the bot').waitFor()
  await sides.moreActions('Reopen the chat')
  await sides.agentSays('I have found it')
  await sides.inspect('Events for flows')
  const returned = sides.inspector.locator('details', { hasText: 'hitlAgentReturned' })
  await expect.poll(() => returned.allTextContents()).toEqual([expect.stringContaining('I have found it')])
  expect(await sides.customer.getByText('I have found it').count()).toBe(0)
})

it.each([
  ['Close for inactivity', 'inactivity'],
  ['Close: the customer disconnected', 'routing'],
  ['Close: archived by the system', 'routing'],
])('%s: the flows learn the reason', async (action, reason) => {
  const { sides } = present()
  await sides.startTalk()
  await sides.moreActions(action)
  await sides.session.getByText('Talking to the bot').waitFor()
  await sides.inspect('Events for flows')
  const ended = sides.inspector.locator('details', { hasText: 'hitlSessionEnded' })
  await expect.poll(() => ended.allTextContents()).toEqual([expect.stringContaining(`"reason": "${reason}"`)])
})
