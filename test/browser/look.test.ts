import { describe, expect, it } from 'vitest'
import { findBarriers } from './accessibility'
import { openPageForEach } from './each-page'
import { isAtEnd, styleOf } from './measure'
import type { Sides } from './page'
import { keepPicture } from './screenshot'

const PHONE = { width: 390, height: 844 }
const TABLET = { width: 1024, height: 768 }

const present = openPageForEach()

/** Shows one message of each kind. */
const fillTalk = async (sides: Sides): Promise<void> => {
  await sides.startTalk()
  await sides.agentSays('Hello, how can I help you?')
  await sides.agentNotes('A note')
  await sides.sendCanned('#which-kettle')
  await sides.customer.getByText('Which kettle is it?').waitFor()
}

describe('the page is usable for everybody', () => {
  it.each(['light', 'dark'] as const)('in %s colors', async (theme) => {
    const { page, sides } = present()
    if (theme === 'dark') await page.getByRole('button', { name: 'Switch to dark colors' }).click()
    expect(await findBarriers(page)).toEqual([])
    await fillTalk(sides)
    await sides.inspector.getByRole('button', { name: /A person, please/ }).click()
    await sides.inspector.getByRole('button', { name: /customer\/start_chat/ }).click()
    await sides.inspector.getByText('Request headers').waitFor()
    expect(await findBarriers(page)).toEqual([])
    if (theme === 'dark') await keepPicture(page, 'dark')
  })

  it('on a phone, one pane at a time', async () => {
    const { page, sides } = present()
    await fillTalk(sides)
    await page.setViewportSize(PHONE)
    const panes = page.getByRole('navigation', { name: 'Panes' })
    for (const [name, picture] of [
      ['Customer', 'phone-customer'],
      ['Agent', 'phone-agent'],
      ['Inspector', 'phone-inspector'],
    ] as const) {
      await panes.getByRole('button', { name }).click()
      await page.getByRole('region', { name, exact: true }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width)
      expect(await findBarriers(page)).toEqual([])
      await keepPicture(page, picture)
    }
  })

  it('on a tablet, where the customer’s card takes the place of the chat', async () => {
    const { page, sides } = present()
    await fillTalk(sides)
    await page.setViewportSize(TABLET)
    const card = sides.desk.getByRole('complementary', { name: 'Customer details' })
    expect(await card.isVisible()).toBe(false)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(TABLET.width)
    await sides.desk.getByRole('button', { name: 'Customer details' }).click()
    await card.getByText('teal@example.com').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await card.getByRole('button', { name: 'Back to the chat' }).click()
    await sides.agentSays('Here again')
    await sides.transcript.getByText('Here again').waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('with the keyboard alone', async () => {
    const { page, sides } = present()
    await sides.customer.getByRole('textbox', { name: 'Message Input' }).focus()
    await page.keyboard.type('A person, please')
    await page.keyboard.press('Enter')
    await sides.chats('queued').first().waitFor()
    await sides.desk.getByRole('group', { name: 'Agents' }).getByRole('button').first().focus()
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.getAttribute("aria-label") || document.activeElement.textContent')
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let step = 0; step < 20; step += 1) {
        if (name.test(await focused())) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`no way by Tab to ${name}: at ${await focused()}`)
    }
    await tabTo(/Teal Visitor/)
    await page.keyboard.press('Enter')
    await tabTo(/^Pick up/)
    await page.keyboard.press('Enter')
    await sides.desk.getByRole('textbox', { name: 'Message to the customer' }).waitFor()
    await tabTo(/Message to the customer/)
    await page.keyboard.type('By keyboard')
    await page.keyboard.press('Enter')
    await sides.transcript.getByText('By keyboard').waitFor()
  })
})

it('leaves room for a chat on a small laptop, and keeps the last message in sight', async () => {
  const { page, sides } = present()
  await page.setViewportSize({ width: 1366, height: 620 })
  await page.reload()
  await fillTalk(sides)
  const box = await sides.transcript.boundingBox()
  expect(box!.height).toBeGreaterThan(110)
  await expect.poll(() => isAtEnd(sides.transcript)).toBe(true)
  await page.setViewportSize({ width: 1100, height: 620 })
  await expect.poll(() => isAtEnd(sides.transcript)).toBe(true)
  const line = page.getByRole('separator', { name: 'Height of the inspector' })
  await line.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await sides.transcript.boundingBox())!.height).toBeLessThan(box!.height)
  await expect.poll(() => isAtEnd(sides.transcript)).toBe(true)
})

it('shows the whole logo on a dark ground', async () => {
  const { page } = present()
  await page.getByRole('button', { name: 'Switch to dark colors' }).click()
  const ground = await styleOf(page.locator('.top-bar__logo'), 'backgroundColor')
  expect(ground).toBe('rgb(255, 255, 255)')
})

it('leaves the chat its room, however high the inspector is made', async () => {
  const { page, sides } = present()
  await sides.startTalk()
  const splitter = page.getByRole('separator', { name: 'Height of the inspector' })
  for (let press = 1; press <= 40; press += 1) await splitter.press('ArrowUp')
  const [transcript, composer, desk] = await Promise.all(
    [sides.transcript, sides.desk.locator('.composer'), sides.desk].map(async (part) => (await part.boundingBox())!),
  )
  expect(transcript!.height).toBeGreaterThan(100)
  expect(transcript!.y + transcript!.height).toBeLessThanOrEqual(composer!.y)
  expect(composer!.y + composer!.height).toBeLessThanOrEqual(desk!.y + desk!.height)
})
