import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { STEP_MS } from '../../sandbox/control/play'
import { startRecording } from '../../sandbox/control/recording'
import { readSession } from '../../sandbox/control/session-file'
import { findBarriers } from './accessibility'
import { openPageForEach } from './each-page'
import { photo } from './files'

const present = openPageForEach()

it('changes a setting, and the next session shows its effect', async () => {
  const { sides } = present()
  const controls = await sides.openControls('Settings')
  await controls.getByLabel('When nobody is online').selectOption('fail')
  await controls.getByRole('button', { name: 'Save' }).click()
  await controls.getByText('registered', { exact: true }).waitFor()
  for (const agent of ['Amber', 'Birch']) {
    await sides.actAs(agent)
    await sides.setStatus('Accepting chats', 'Offline')
  }
  await sides.customerSays('A person, please')
  await sides.customer.getByText('I could not reach a person').waitFor()
})

it('replaces a text of the integration, and switches one off', async () => {
  const { sides, state } = present()
  const controls = await sides.openControls('Settings')
  const texts = controls.getByRole('group', { name: 'Texts' })
  await texts.getByLabel('Message deleted').fill('One message was taken back.')
  const correction = texts.getByLabel('Before a correction')
  await correction.fill('Not so:')
  await correction.fill('')
  await controls.getByRole('button', { name: 'Save' }).click()
  await controls.getByText('registered', { exact: true }).waitFor()
  await controls.getByRole('button', { name: 'Close the controls' }).click()
  await sides.startTalk()
  await sides.agentSays('It costs 10')
  await sides.customer.getByText('It costs 10').waitFor()
  await sides.changeLast('Edit')
  await sides.desk.getByRole('textbox', { name: 'New text' }).fill('It costs 20')
  await sides.desk.getByRole('button', { name: 'Save' }).click()
  await sides.transcript.getByText('It costs 20').waitFor()
  await sides.changeLast('Delete')
  await sides.customer.getByText('One message was taken back.').waitFor()
  expect(JSON.stringify((await state()).people[0]?.messages)).not.toMatch(/Correction|It costs 20|was removed/)
})

it('tells the flows the place in the queue', async () => {
  const { sides } = present()
  await sides.customerSays('A person, please')
  await sides.addCustomer('Plum Visitor', 'plum@example.com')
  await sides.customerSays('A person, please')
  await sides.inspect('Events for flows')
  const queued = sides.inspector.locator('details', { hasText: 'hitlSessionQueued' })
  const places = async () =>
    (await queued.allTextContents()).flatMap((text) => /"position": (\d+)/.exec(text)?.[1] ?? [])
  await expect.poll(places).toEqual(['1', '2'])
})

it('fills in the start card, and the agent reads it', async () => {
  const { sides } = present()
  const controls = await sides.openControls('Start card')
  await controls.getByLabel('Phone number').fill('+44 20 7946 0000')
  await controls.getByLabel('Language').fill('de')
  const fields = controls.getByRole('textbox', { name: 'Details for the agent', exact: true })
  await fields.fill('{ "Order": "4711" }')
  await fields.blur()
  await controls.getByRole('button', { name: 'Save' }).click()
  await controls.getByText('The next session starts with this.').waitFor()
  await controls.getByRole('button', { name: 'Close the controls' }).click()
  await sides.startTalk()
  await sides.transcript.getByText('4711').first().waitFor()
  await sides.desk.getByRole('complementary', { name: 'Customer details' }).getByText('4711').waitFor()
})

it('runs the actions, and shows the rating that reaches the flows', async () => {
  const { sides } = present()
  await sides.startTalk()
  const controls = await sides.openControls('Actions')
  await controls.getByRole('button', { name: 'Check availability' }).click()
  await controls.getByText('canStart').waitFor()
  await controls.getByRole('button', { name: 'Diagnose' }).click()
  await controls.getByText('"checks"').waitFor()
  await controls.getByRole('button', { name: 'Good' }).click()
  await controls.getByText('Rate session: good').waitFor()
  await sides.inspect('Events for flows')
  await sides.inspector.getByText('hitlSessionRated').waitFor()
})

it('turns a knob, sets up agent access, and is usable for everybody', async () => {
  const { page, sides, system, state } = present()
  const controls = await sides.openControls('Knobs')
  await controls.getByLabel('agentIdShape').selectOption('email')
  await expect.poll(() => system.livechat.knobs.agentIdShape).toBe('email')
  expect(await findBarriers(page)).toEqual([])
  await sides.openControls('Settings')
  await controls.getByRole('button', { name: 'Set it up with a new token' }).click()
  await controls.getByText('Agent access is set up.').waitFor()
  expect((await state()).installation.status).toBe('registered')
  expect(await controls.textContent()).not.toMatch(/us:[\w-]{8}/)
  expect(await findBarriers(page)).toEqual([])
})

it('moves the clock on, and a chat that nobody writes in is closed', async () => {
  const { sides, state } = present()
  await sides.startTalk()
  const before = (await state()).nowMs
  const controls = await sides.openControls('Time')
  await controls.getByRole('button', { name: 'Move the clock on by 9 hours' }).click()
  await sides.session.getByText('Talking to the bot').waitFor()
  expect((await state()).nowMs - before).toBeGreaterThan(9 * 3600_000)
  await sides.customerSays('A person, please')
  await sides.session.getByText('Waiting').waitFor()
})

it('sends a file of each kind from the shelf, and lets somebody else write', async () => {
  const { page, sides, state, problems } = present()
  await sides.startTalk()
  const opener = sides.customer.getByRole('button', { name: 'Send something special' })
  await opener.click()
  const items = page.getByRole('menuitem')
  const files = (await items.count()) - 1
  await page.keyboard.press('Escape')
  for (let index = 0; index < files; index += 1) {
    await opener.click()
    await items.nth(index).click()
  }
  const text = async () => JSON.stringify((await state()).chats[0]?.transcript)
  for (const name of [
    'kettle.png',
    'IMG_0042',
    'voice',
    'plan.dwg',
    'invoice.pdf',
    'tool.exe',
    'recording.zip',
    'file_1',
  ]) {
    await expect.poll(text, { timeout: 20_000 }).toContain(name)
  }
  expect(await text()).not.toMatch(/bot\d{8}:/)
  await sides.inspector.getByRole('button', { name: /File from the shelf: Voice message \(Ogg\)/ }).waitFor()
  // The agent gets a link. It leads to the sandbox's own file, and not to a vendor.
  const link = sides.transcript.getByRole('link', { name: /recording\.zip/ })
  expect(await link.getAttribute('href')).toMatch(/^\/api\/files\?/)
  await sides.openMenu(opener, 'Somebody else writes…')
  await sides.customer.getByRole('textbox', { name: 'Words of the other person' }).fill('I am with Teal')
  await sides.customer.getByRole('button', { name: 'Send', exact: true }).click()
  await sides.transcript.getByText('Hazel Visitor').waitFor()
  // The webchat reports pictures that no browser can show.
  expect(problems.splice(0).filter((problem) => problem !== 'console: error: undefined')).toEqual([])
})

it('plays a handoff by itself, step by step', async () => {
  const { page, sides, moveOn } = present()
  await page.getByRole('button', { name: 'Play a handoff' }).click()
  await sides.customer.getByPlaceholder('Write as Ivory Visitor').waitFor()
  const end = sides.customer.getByText('Orders leave within a day')
  while (!(await end.isVisible())) await moveOn(STEP_MS)
  await sides.customer.getByText('Birch here.').waitFor()
  expect(await sides.customer.getByText('tell the warehouse').count()).toBe(0)
})

it('begins again after a reset', async () => {
  const { sides, state } = present()
  await sides.startTalk()
  const controls = await sides.openControls('Time')
  await controls.getByRole('button', { name: 'Reset the sandbox' }).click()
  await sides.desk.getByText('No chats yet').waitFor({ timeout: 20_000 })
  expect((await state()).people).toHaveLength(1)
  await expect.poll(() => sides.inspector.locator('.group__row').count()).toBe(0)
  await sides.startTalk()
})

it('shows the same again at its address', async () => {
  const { page, sides } = present()
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  await sides.customerSays('A person, please')
  await sides.actAs('Birch')
  await sides.pickUp('Moss Visitor')
  await sides.inspect('Changes')
  const address = page.url()
  expect(address).toMatch(/agent=birch/)
  const other = await (await page.context().browser()!.newContext()).newPage()
  await other.goto(address)
  await other.getByRole('article', { name: 'Chat with Moss Visitor' }).waitFor()
  await other.getByRole('textbox', { name: 'Message to the customer' }).waitFor()
  await other.getByPlaceholder('Write as Moss Visitor').waitFor()
  expect(await other.getByRole('button', { name: 'Changes' }).getAttribute('aria-pressed')).toBe('true')
  await other.context().close()
})

it('exports a session as a file that shows it again', async () => {
  const { page, sides, url } = present()
  await sides.startTalk()
  await sides.agentSays('To be shown elsewhere')
  await sides.customer.getByText('To be shown elsewhere').waitFor()
  await sides.desk.getByTestId('agent-file').setInputFiles(photo)
  await sides.customer.getByRole('img', { name: photo.name }).waitFor()
  const opener = sides.customer.getByRole('button', { name: 'Send something special' })
  await sides.openMenu(opener, 'Large file (11 MB)')
  await sides.transcript.getByText('recording.zip').waitFor()
  const folder = await mkdtemp(join(tmpdir(), 'session-'))
  const text = await (await fetch(`${url}/api/session`)).text()
  await writeFile(join(folder, 'session.json'), text)
  const recording = await startRecording({ session: readSession(text), pageRoot: inject('pageRoot') })
  const other = await page.context().newPage()
  await other.goto(recording.url)
  await other.getByText(/exported on \w+ \d+, \d{4}.* at \d\d:\d\d\. It can only be looked at\./).waitFor()
  await other.getByRole('region', { name: 'Customer' }).getByText('To be shown elsewhere').waitFor()
  await other
    .getByRole('region', { name: 'Traffic' })
    .getByRole('button', { name: /To be shown elsewhere/ })
    .click()
  await other.getByRole('button', { name: /webhook\/incoming_event/ }).click()
  await other.getByText('Request headers').waitFor()
  expect(await other.getByRole('textbox', { name: 'Message Input' }).count()).toBe(0)
  const left = other.getByRole('region', { name: 'Customer' })
  await left.getByText('recording.zip (not in this recording: larger than 2 MB)').waitFor()
  await other.getByRole('navigation', { name: 'Chats' }).getByRole('button').click()
  for (const pane of [left, other.getByRole('log', { name: 'Messages', exact: true })]) {
    const picture = pane.getByRole('img', { name: photo.name })
    await expect
      .poll(() => picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth))
      .toBeGreaterThan(1)
  }
  await other.close()
  await recording.close()
  await rm(folder, { recursive: true })
})
