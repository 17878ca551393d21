import { expect, it } from 'vitest'
import { openPageForEach } from './each-page'

const present = openPageForEach()

const PHONE = { width: 390, height: 780 }

const focused = `document.activeElement.getAttribute('aria-label') || document.activeElement.textContent`
const focusedName = (): Promise<unknown> => present().page.evaluate(focused)

it('corrects a message with the keyboard: Enter saves, Escape leaves it as it was, and the focus stays there', async () => {
  const { page, sides } = present()
  await sides.startTalk()
  await sides.agentSays('We send it tomorow')
  await sides.transcript.getByText('We send it tomorow').waitFor()
  await sides.changeLast('Edit')
  await page.keyboard.type(' or not')
  await page.keyboard.press('Escape')
  await expect.poll(focusedName).toBe('Change this message')
  expect(await sides.transcript.getByText('or not').count()).toBe(0)

  await sides.changeLast('Edit')
  await sides.desk.getByRole('button', { name: 'Cancel' }).waitFor()
  const bottom = (await sides.transcript.boundingBox())!
  const cancel = (await sides.desk.getByRole('button', { name: 'Cancel' }).boundingBox())!
  expect(cancel.y + cancel.height).toBeLessThanOrEqual(bottom.y + bottom.height)
  await sides.desk.getByRole('textbox', { name: 'New text' }).fill('We send it tomorrow')
  await page.keyboard.press('Enter')
  await sides.transcript.getByText('We send it tomorrow').waitFor()
  await expect.poll(focusedName).toBe('Change this message')

  await page.keyboard.press('Enter')
  await expect.poll(focusedName).toBe('Edit')
  await page.keyboard.press('ArrowDown')
  expect(await focusedName()).toBe('Delete')
  await page.keyboard.press('Enter')
  await sides.transcript.getByText('This message was deleted.').waitFor()
  await expect.poll(focusedName).toBe('Message to the customer')
})

it('keeps the focus on a button that shows that its work is under way', async () => {
  const { page, sides } = present()
  await page.getByRole('button', { name: 'Play a handoff' }).press('Enter')
  await sides.desk.getByRole('article').waitFor()
  await expect.poll(focusedName).toBe('Play a handoff')
})

it('gives the focus back when a form is closed', async () => {
  const { page, sides } = present()
  await sides.customer.getByRole('button', { name: 'New' }).press('Enter')
  await sides.customer.getByRole('textbox', { name: 'Name' }).press('Escape')
  await expect.poll(focusedName).toBe('New')
  const more = sides.customer.getByRole('button', { name: 'Send something special' })
  await sides.openMenu(more, 'Somebody else writes…')
  await sides.customer.getByRole('textbox', { name: 'Words of the other person' }).fill('I am her neighbour')
  await page.keyboard.press('Enter')
  await expect.poll(focusedName).toBe('Send something special')

  await sides.startTalk()
  await sides.agentSays('Hello')
  await sides.inspect('Requests')
  await sides.inspector
    .getByRole('button', { name: /webhook\/incoming_event/ })
    .last()
    .click()
  await sides.inspector.getByRole('button', { name: 'Edit and replay' }).press('Enter')
  await sides.inspector.getByRole('button', { name: 'Send', exact: true }).press('Enter')
  await page.getByText('Replayed: the integration answered').waitFor()
  await expect.poll(focusedName).toBe('Edit and replay')
})

it('moves the focus along on a phone, where one part of the desk hides the other', async () => {
  const { page, sides } = present()
  await sides.customerSays('A person, please')
  await page.setViewportSize(PHONE)
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Agent' }).click()
  const chats = sides.desk.getByRole('navigation', { name: 'Chats' })
  await chats.getByRole('button', { name: 'Teal Visitor' }).press('Enter')
  await expect.poll(focusedName).toBe('Back to the chats')
  await sides.desk.getByRole('button', { name: 'Customer details' }).press('Enter')
  await expect.poll(focusedName).toBe('Back to the chat')
  await page.keyboard.press('Enter')
  await expect.poll(focusedName).toBe('Back to the chats')
  await page.keyboard.press('Enter')
  await expect.poll(focusedName).toMatch(/^TVTeal Visitor/)
})
