import { expect, it } from 'vitest'
import { openPageForEach } from './each-page'
import { guarantee, photo } from './files'
import { keepPicture } from './screenshot'

const note = 'Third leak this week from that series: tell the warehouse.'

const present = openPageForEach()

it('plays a whole handoff: history, messages, a file each way, a private note, a transfer, the end', async () => {
  const { page, sides, state } = present()
  const { customer, desk, transcript, session } = sides
  await session.getByText('Talking to the bot').waitFor()
  await keepPicture(page, 'start')

  await customer.getByRole('button', { name: 'My kettle leaks' }).click()
  await customer.getByText('two-year guarantee').waitFor()
  await sides.startTalk('I would like to talk to a person, please')
  await transcript.getByText('My kettle leaks').waitFor()
  await sides.agentSays('Hello Teal, I am sorry to hear that. Which one is it?')
  await customer.getByText('Which one is it?').waitFor()
  await session.getByText('Talking to Agent Amber').waitFor()
  await sides.customerSays('The blue one, bought in May.')
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
  await keepPicture(page, 'sandbox')

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
  expect(JSON.stringify((await state()).people[0]?.messages)).not.toContain(note)
})

it('shows the queue in order, and assigns the next chat when an agent is free', async () => {
  const { page, sides } = present()
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

it('goes from one customer straight to a new one, even if the news of it comes late', async () => {
  const { page, sides } = present()
  // In the page's own JavaScript, because the tests are compiled without a browser's types.
  await page.addInitScript(`
    const add = WebSocket.prototype.addEventListener
    WebSocket.prototype.addEventListener = function (type, listener) {
      add.call(this, type, (event) => setTimeout(() => listener(event), 100))
    }
  `)
  await page.reload()
  await sides.addCustomer('Plum Visitor', 'plum@example.com')
  const shown = await page.evaluateHandle<string[]>(`(() => {
    const shown = []
    const look = () => {
      const name = document.querySelector('[aria-label="Customers"] [aria-pressed="true"]').textContent
      if (name !== shown.at(-1)) shown.push(name)
    }
    look()
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true })
    return shown
  })()`)
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  expect(await shown.jsonValue()).toEqual([expect.stringContaining('Plum'), expect.stringContaining('Moss')])
})

it('goes on after a refresh during a session', async () => {
  const { page, sides } = present()
  await sides.startTalk()
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

it('tells the customer that LiveChat refused, shows the bot’s owner why, and the bot goes on', async () => {
  const { sides, system } = present()
  system.livechat.license.expire()
  await sides.customerSays('A person, please')
  await sides.customer.getByText('I could not reach a person').waitFor()
  await sides.session.getByText('Talking to the bot').waitFor()
  await sides.inspector.getByRole('group').getByRole('button', { name: /owner/ }).click()
  await sides.inspector.getByText('The hand-off failed').waitFor()
})
