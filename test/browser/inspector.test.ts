import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { pluginTexts } from '../../sandbox/botpress'
import { openPageForEach } from './each-page'
import type { Sides } from './page'

const present = openPageForEach()

/** The line of the inspector that stands for these words. */
const lineOf = (sides: Sides, words: string) =>
  sides.inspector.getByRole('region', { name: 'Traffic' }).getByRole('button', { name: words }).first()

it('opens a line and closes it again', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.inspect('Requests')
  const row = sides.inspector.getByRole('button', { name: /customer\/start_chat/ })
  for (let round = 0; round < 2; round += 1) {
    await row.click()
    await sides.inspector.getByText('Request headers').waitFor()
    await row.click()
    await sides.inspector.getByText('Request headers').waitFor({ state: 'detached' })
  }
  await sides.agentSays('Still here')
  await sides.customer.getByText('Still here').waitFor()
})

it('keeps both sides alive when the inspector breaks', async () => {
  const { page, sides, problems } = present()
  await page.addInitScript('Element.prototype.scrollIntoView = () => { throw new Error("no scrolling today") }')
  await page.reload()
  await sides.startTalk()
  await sides.inspect('Requests')
  await sides.inspector.getByRole('button', { name: /customer\/start_chat/ }).click()
  await page.getByRole('alert').getByText('no scrolling today').waitFor()
  await sides.agentSays('Still here')
  await sides.customer.getByText('Still here').waitFor()
  await page.getByRole('button', { name: 'Show it again' }).click()
  await sides.inspector.waitFor()
  // The browser reports what was thrown on purpose.
  problems.length = 0
})

it('groups what a message caused, in the order in which it began', async () => {
  const { sides, system } = present()
  await sides.startTalk()
  await sides.customerSays('The blue one, bought in May')
  await sides.transcript.getByText('The blue one').waitFor()
  await sides.agentSays('A new one is on its way')
  await sides.customer.getByText('on its way').waitFor()
  await system.settle()

  await lineOf(sides, 'The blue one').click()
  const names = () => sides.inspector.locator('.group__entries .entry__name').allTextContents()
  await expect.poll(names).toContain('customer/send_event')
  const ofCustomer = await names()
  expect(ofCustomer[0]).toBe('end_user_said')
  expect(ofCustomer.indexOf('operation/message_created')).toBeLessThan(ofCustomer.indexOf('customer/send_event'))
  expect(ofCustomer).not.toContain('message_shown')
  await lineOf(sides, 'The blue one').click()

  await lineOf(sides, 'A new one is on its way').click()
  await expect.poll(names).toContain('message_shown')
  expect(await names()).toContain('webhook/incoming_event')
  expect(await names()).not.toContain('customer/send_event')
})

it('shows on one line the fault that hit a message, and that it was healed', async () => {
  const { sides, system } = present()
  await sides.startTalk()
  await sides.arm('Lose LiveChat’s next reply')
  await sides.customerSays('Sent while an answer was lost')
  await sides.transcript.getByText('Sent while an answer was lost').waitFor()
  await system.settle()
  const line = () => lineOf(sides, 'Sent while an answer was lost').textContent()
  await expect.poll(line).toContain('fault: reset')
  await expect.poll(line).toContain('Healed')
})

it('says whose request it was, when two customers share an agent', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.agentSays('Hello Teal')
  await sides.customer.getByText('Hello Teal').first().waitFor()
  await sides.addCustomer('Moss Visitor', 'moss@example.com')
  await sides.customerSays('A person, please')
  await sides.pickUp('Moss Visitor')
  await sides.passDropWindow()
  await sides.customer.getByText(pluginTexts.agentAssigned).waitFor()
  await sides.agentSays('Hello Moss')
  await sides.customer.getByText('Hello Moss').first().waitFor()
  await sides.inspect('Requests')
  const last = sides.inspector.getByRole('button', { name: /webhook\/incoming_event/ }).last()
  await expect.poll(() => last.textContent()).toContain('Moss Visitor')
  await sides.inspector.getByRole('button', { name: 'Filter' }).click()
  await sides.inspector
    .locator('label', { hasText: /^Customer/ })
    .locator('select')
    .selectOption('Moss Visitor')
  const rows = () => sides.inspector.locator('.entry__row').allTextContents()
  await expect.poll(async () => (await rows()).filter((row) => !row.includes('Moss'))).toEqual([])
  expect((await rows()).length).toBeGreaterThan(3)
})

it('searches, filters and clears every list', async () => {
  const { page, sides, system } = present()
  await sides.startTalk()
  await sides.customerSays('A very rare word: zyzzyva')
  await sides.transcript.getByText('zyzzyva').waitFor()
  await system.settle()
  const lines = () => sides.inspector.locator('.group__row').count()
  const search = sides.inspector.getByRole('searchbox', { name: 'Search' })
  await search.fill('ZYZZYVA')
  await expect.poll(lines).toBe(1)
  await search.fill('never written')
  await sides.inspector.getByText('Nothing matches the search and the filter.').waitFor()
  await search.fill('')
  await sides.inspect('Requests')
  const opener = sides.inspector.getByRole('button', { name: 'Filter' })
  await opener.click()
  const [button, panel] = [await opener.boundingBox(), await page.getByRole('dialog', { name: 'Filter' }).boundingBox()]
  expect(panel!.x).toBe(button!.x)
  await sides.inspector.getByLabel('Route').selectOption('customer/send_event')
  await page.keyboard.press('Escape')
  const names = async () => [...new Set(await sides.inspector.locator('.entry__name').allTextContents())]
  await expect.poll(names).toEqual(['customer/send_event'])
  await sides.inspector.getByRole('button', { name: 'Clear' }).click()
  await expect.poll(() => sides.inspector.locator('.entry__row').count()).toBe(0)
  system.livechat.license.expire()
  await sides.addCustomer('Plum Visitor', 'plum@example.com')
  await sides.customerSays('A person, please')
  await sides.inspect('owner')
  await sides.inspector.getByText('The hand-off failed').waitFor()
  await sides.inspector.getByRole('button', { name: 'Clear' }).click()
  expect(await sides.inspector.getByText('The hand-off failed').count()).toBe(0)
})

it('copies a request as a command, replays a webhook, and shows no secret in either', async () => {
  const { page, sides, system } = present()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await sides.startTalk()
  await sides.agentSays('Said once')
  await sides.customer.getByText('Said once').waitFor()
  await system.settle()
  await sides.inspect('Requests')
  await sides.inspector
    .getByRole('button', { name: /webhook\/incoming_event/ })
    .last()
    .click()
  await sides.inspector.getByRole('button', { name: 'Copy as cURL' }).click()
  await page.getByText('Copied. Put').waitFor()
  const command = String(await page.evaluate('navigator.clipboard.readText()'))
  const words = execFileSync('sh', ['-c', command.replace('curl', `printf '%s\\n'`)], { encoding: 'utf8' })
  expect(words).toContain('Said once')
  expect(words).toContain('https://webhook.botpress.cloud/')
  expect(words).toContain('••••••')
  expect(words).not.toContain(String(system.configuration.webhookSecret))

  await sides.inspector.getByRole('button', { name: 'Edit and replay' }).click()
  const body = sides.inspector.getByRole('textbox', { name: 'Body of the webhook' })
  const before = await body.inputValue()
  await body.fill(before.replace('Said once', 'Said by nobody').replace(/"id": "([^"]+)"/, '"id": "$1x"'))
  await sides.inspector.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Replayed: the integration answered 200.').waitFor()
  await sides.customer.getByText('Said by nobody').waitFor()
  await sides.inspector.getByRole('button', { name: 'Replay', exact: true }).first().click()
  await system.settle()
  await sides.inspect('Traffic')
  await lineOf(sides, 'Replay of webhook/incoming_event').first().waitFor()
  expect(await sides.customer.getByText('Said once').count()).toBe(1)
})

it('shows no secret, wherever one looks', async () => {
  const { sides, system, url } = present()
  await sides.startTalk()
  const { configuration, botpress } = system
  // Lines that still come would move the others.
  await system.settle()
  await sides.inspect('Requests')
  await sides.inspector
    .getByRole('button', { name: /accounts\/token/ })
    .first()
    .waitFor()
  for (const row of await sides.inspector.getByRole('button', { name: /accounts\/token|webhook\/|states/ }).all()) {
    await row.click()
  }
  await sides.inspector.getByText('Request headers').first().waitFor()
  const exported = await (await fetch(`${url}/api/session`)).text()
  for (const shown of [(await sides.inspector.textContent()) ?? '', exported]) {
    expect(shown).toContain('••••••')
    expect(shown).not.toContain(configuration.webhookSecret)
    expect(shown).not.toContain(botpress.token)
    expect(shown).not.toMatch(/dal:[\w-]{8}/)
    expect(shown).not.toContain(Buffer.from(JSON.stringify(configuration)).toString('base64').slice(0, 40))
  }
})

it('scrolls to an opened entry, and follows the latest ones again on request', async () => {
  const { sides } = present()
  await sides.startTalk()
  await sides.inspect('Requests')
  const requests = sides.inspector.getByRole('region', { name: 'Requests' })
  const rows = requests.locator('.entry__row')
  const latest = sides.inspector.getByRole('button', { name: 'Jump to latest' })
  await rows.last().click()
  await requests.locator('.entry__detail pre').first().waitFor()
  const isInView = (): Promise<boolean> =>
    requests
      .locator('.entry__detail')
      .evaluate((detail: { getBoundingClientRect: () => { top: number; bottom: number } }) => {
        const list = (detail as unknown as { closest: (selector: string) => typeof detail }).closest('.inspector__list')
        return detail.getBoundingClientRect().top < list.getBoundingClientRect().bottom - 40
      })
  await expect.poll(isInView).toBe(true)
  await rows.first().scrollIntoViewIfNeeded()
  await sides.agentSays('Hello')
  await sides.customer.getByText('Hello', { exact: true }).waitFor()
  await latest.click()
  await latest.waitFor({ state: 'detached' })
})

it('arms a fault without moving anything under the mouse', async () => {
  const { page, sides } = present()
  const places = (): Promise<string> =>
    page.evaluate(`JSON.stringify([...document.querySelectorAll('.inspector__head button, .desk button, .composer')]
      .filter((each) => !each.closest('[popover]'))
      .map((each) => [each.textContent, each.getBoundingClientRect().left, each.getBoundingClientRect().top]))`)
  await sides.startTalk()
  await sides.session.getByText('Talking to Agent Amber').waitFor()
  const before = await places()
  await sides.arm('Rate limit')
  await sides.inspector.getByText('1 fault armed').waitFor()
  expect(await places()).toBe(before)
  await sides.inspector.getByRole('button', { name: 'Disarm' }).click()
  await sides.inspector.getByText('1 fault armed').waitFor({ state: 'detached' })
})
