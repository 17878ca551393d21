import { expect, it } from 'vitest'
import { pluginTexts } from '../../sandbox/botpress'
import { openPageForEach } from './each-page'

const present = openPageForEach()

it.each([
  ['its number', '2', 'The red one'],
  ['its label', 'The blue one', 'The blue one'],
])('presses a button for a customer who answers by %s', async (_name, answer, label) => {
  const { sides } = present()
  const { transcript, customer } = sides
  await sides.startTalk()
  await sides.sendCanned('#which-kettle')
  await customer.getByText('I am not sure').waitFor()
  const pressed = transcript.getByText('(pressed by the customer)')
  expect(await pressed.count()).toBe(0)
  await sides.customerSays(answer)
  await pressed.waitFor()
  expect(await transcript.locator('[data-pressed="true"]').allTextContents()).toEqual([
    `${label} (pressed by the customer)`,
  ])
  await expect.poll(() => sides.customerLines()).toEqual([label])
})

it('treats an answer that is not a choice as text', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.sendCanned('#which-kettle')
  await sides.customer.getByText('I am not sure').waitFor()
  await sides.customerSays('It is green, actually')
  await sides.transcript.getByText('It is green, actually').waitFor()
  expect(await sides.transcript.getByText('(pressed by the customer)').count()).toBe(0)
})

it('transfers to a group, where the customer waits until one of its agents comes', async () => {
  const { sides } = present()
  const { customer, desk, session, transcript } = sides
  await sides.startTalk()
  await sides.agentSays('Sales will know.')
  await customer.getByText('Sales will know.').waitFor()
  await sides.actAs('Birch')
  await sides.setStatus('Accepting chats', 'Not accepting')
  await sides.actAs('Amber')
  await sides.transferTo('Sales')
  await session.getByText('place 1 in the queue').waitFor()
  await customer.getByText('next available agent').waitFor()
  await desk.getByRole('complementary', { name: 'Customer details' }).getByText('Sales', { exact: true }).waitFor()
  await sides.actAs('Birch')
  await sides.pickUp('Teal Visitor')
  await session.getByText('Talking to Agent Birch').waitFor()
  await sides.agentSays('Birch of Sales here.')
  await customer.getByText('Birch of Sales here.').waitFor()
  await sides.customerSays('Good to meet you')
  await transcript.getByText('Good to meet you').waitFor()
  expect(await customer.getByText(pluginTexts.agentAssigned).count()).toBe(2)
})

it('gives the chat to a colleague when its agent goes offline, or lets the customer wait if there is none', async () => {
  const { sides } = present()
  const { customer, session } = sides
  await sides.startTalk()
  await sides.agentSays('Amber here.')
  await customer.getByText('Amber here.').waitFor()
  await sides.setStatus('Accepting chats', 'Offline')
  await session.getByText('Talking to Agent Birch').waitFor()
  await sides.actAs('Birch')
  await sides.agentSays('Birch here, Amber had to go.')
  await customer.getByText('Birch here, Amber had to go.').waitFor()
  await sides.setStatus('Accepting chats', 'Offline')
  await session.getByText('Waiting').waitFor()
  await customer.getByText('next available agent').waitFor()
  await sides.actAs('Amber')
  await sides.setStatus('Offline', 'Accepting chats')
  await sides.pickUp('Teal Visitor')
  await session.getByText('Talking to Agent Amber').waitFor()
  await sides.agentSays('Amber again.')
  await customer.getByText('Amber again.').waitFor()
})
