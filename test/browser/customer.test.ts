import { expect, it } from 'vitest'
import { openPageForEach } from './each-page'
import { photo } from './files'
import { pressEnter } from './measure'

const present = openPageForEach()

it('says "Delivered" only when LiveChat has the message', async () => {
  const { sides, system } = present()
  const label = '.bpMessageDeliveryStatusLabel[aria-hidden="false"]'
  await sides.startTalk()
  system.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'delay', delayMs: 4_000 } })
  await sides.customerSays('Is this there yet?')
  const own = sides.customer.locator('.bpMessageContainer[data-direction="outgoing"]', {
    hasText: 'Is this there yet?',
  })
  await own.waitFor()
  expect(await own.locator(label).count()).toBe(0)
  await sides.transcript.getByText('Is this there yet?').waitFor()
  await expect.poll(() => own.locator(label).count()).toBe(1)
})

it('sends a message once, however often Enter is pressed', async () => {
  const { sides, state } = present()
  const field = sides.customer.getByRole('textbox', { name: 'Message Input' })
  await field.fill('Only once')
  await pressEnter(field, 3)
  await sides.customer.getByText('I did not get that').waitFor()
  expect((await state()).people[0]?.messages.filter(({ from }) => from === 'me')).toHaveLength(1)
})

it('says that a message did not reach LiveChat', async () => {
  const { sides, system } = present()
  await sides.startTalk()
  system.faults.livechat.add({
    route: /^customer\/send_event/,
    times: Infinity,
    effect: { kind: 'status', status: 400 },
  })
  await sides.customerSays('This one is lost')
  await sides.session.getByText('did not reach LiveChat').waitFor()
})

it('shows the customer’s own picture with its text on their own side', async () => {
  const { sides } = present()
  const { customer } = sides
  await customer.locator('input[type=file]').setInputFiles(photo)
  await customer.getByText('PNG', { exact: true }).waitFor()
  await customer.getByRole('textbox', { name: 'Message Input' }).fill('Look at this')
  await customer.getByRole('button', { name: 'Send Message Button' }).click()
  const picture = customer.locator('.bpMessageContainer').getByRole('img', { name: photo.name })
  await picture.waitFor()
  const [pane, own] = await Promise.all([customer.boundingBox(), picture.boundingBox()])
  expect(own!.x + own!.width / 2).toBeGreaterThan(pane!.x + pane!.width / 2)
})

it('tells a screen reader who has written what, and what is on a picture', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.agentSays('Which one is it?')
  await sides.customer.getByText('Which one is it?').waitFor()
  await sides.desk.getByTestId('agent-file').setInputFiles(photo)
  const log = sides.customer.getByRole('log')
  await log.getByRole('img', { name: 'leak.png' }).waitFor()
  expect(await log.locator('[data-sender="Agent Amber"]', { hasText: 'Which one is it?' }).count()).toBe(1)
  expect(await log.ariaSnapshot()).toMatch(/Agent Amber: *[\s\S]*Which one is it\?/)
})

it('shows the agent’s name in the header while they talk, as the webchat does', async () => {
  const { sides } = present()
  await sides.customer.getByRole('heading', { name: 'Kettle & Co.' }).waitFor()
  await sides.startTalk()
  await sides.customer.getByRole('heading', { name: 'Agent Amber' }).waitFor()
  await sides.desk.getByRole('button', { name: 'Close chat' }).click()
  await sides.customer.getByRole('heading', { name: 'Kettle & Co.' }).waitFor()
})

it('keeps the words, says why and knows that nothing runs, when the sandbox has ended', async () => {
  const { page, sides, control, problems } = present()
  await control.close()
  await page.getByText('Not running', { exact: true }).waitFor()
  await sides.customerSays('Do not lose this')
  await page.getByText('Not sent: the sandbox is not running.').waitFor()
  expect(await sides.customer.getByRole('textbox', { name: 'Message Input' }).inputValue()).toBe('Do not lose this')
  // The browser reports each connection that fails.
  problems.length = 0
})

it('says that a file is empty', async () => {
  const { page, sides, problems } = present()
  await sides.startTalk()
  await sides.desk
    .getByTestId('agent-file')
    .setInputFiles({ name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) })
  await page.getByText('The file "nothing.txt" is empty. Choose another one.').waitFor()
  problems.length = 0
})

it('adds a new customer once, however often one presses', async () => {
  const { sides, state } = present()
  const { customer } = sides
  await customer.getByRole('button', { name: 'New' }).click()
  const name = customer.getByRole('textbox', { name: 'Name' })
  await name.fill('Plum Visitor')
  await name.evaluate((field: { form: { requestSubmit: () => void } }) => {
    for (let time = 0; time < 3; time += 1) field.form.requestSubmit()
  })
  await customer.getByPlaceholder('Write as Plum Visitor').waitFor()
  expect((await state()).people).toHaveLength(2)
})

it('keeps its shape with many customers and long names', async () => {
  const { page, sides } = present()
  const name = 'Bartholomew-Maximilian Featherstonehaugh-Cholmondeley of Wolfeschlegelsteinhausen'
  await sides.addCustomer(name, 'b@example.com')
  for (const each of ['Plum', 'Moss', 'Sand', 'Rose']) await sides.addCustomer(`${each} Visitor`, 'x@example.com')
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 768 })
    for (const part of [
      sides.customer.getByRole('button', { name: 'New' }),
      sides.inspector.getByRole('button', { name: 'Faults' }),
      sides.inspector.getByRole('button', { name: 'Collapse the inspector' }),
    ]) {
      const box = await part.boundingBox()
      expect(box!.x + box!.width).toBeLessThanOrEqual(width)
    }
    const chips = sides.customer.getByRole('group', { name: 'Customers' }).getByRole('button')
    const heights = await Promise.all((await chips.all()).map(async (chip) => (await chip.boundingBox())!.height))
    expect(new Set(heights)).toEqual(new Set([32]))
  }
})
