import { afterEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../sandbox/faults'
import { birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { startTalk, talkOf, userSays } from '../../helpers/talk'

/** An end user reaches an agent although something less important fails. A start that fails leaves nothing behind. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 20, ...options })
}
const always = { times: Infinity }
const refusal = (type: string): FaultEffect => ({
  kind: 'status',
  status: 400,
  body: { error: { type, message: type } },
})
const openThreads = (): number => sandbox.livechat.desk.chats().filter(({ state }) => state !== 'closed').length

describe('a start works while LiveChat', () => {
  it.each<[string, FaultEffect]>([
    ['hangs over', { kind: 'hang' }],
    ['limits', refusal('too_many_requests')],
    ['fails at', { kind: 'status', status: 500 }],
    ['wants fewer of', refusal('customer_session_fields_limit_reached')],
    ['refuses, by its plan,', refusal('limit_reached')],
    ['does not allow', refusal('authorization')],
  ])('%s the details of the end user', async (_name, effect) => {
    await open()
    sandbox.faults.livechat.add({ route: 'customer/update_customer', ...always, effect })
    const user = sandbox.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    expect(await user.askForHuman({ title: 'Help' })).toMatchObject({ started: true })
  })
})

it('an end user whose chat was anonymized can start again, as a new customer', async () => {
  await open()
  const talk = await startTalk(sandbox)
  await talk.user.end()
  await sandbox.settle()
  await sandbox.advance(60_000)
  sandbox.livechat.license.anonymizeChat(talk.chatId)
  expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
  await sandbox.settle()
  await sandbox.advance(10_000)
  const again = talkOf(sandbox, talk.user)
  await userSays(sandbox, talk.user, 'It is me')
  expect(again.agentSees().at(-1)).toBe('Teal: It is me')
  expect(again.chatId).not.toBe(talk.chatId)
})

describe.each([true, false])(
  'if the customer sees their own system messages: %s',
  (customerSystemMessageSeenByCustomer) => {
    const openLosing = async (when: 'before' | 'after', route = 'customer/start_chat', times = 1): Promise<void> => {
      await open({ livechatKnobs: { customerSystemMessageSeenByCustomer } })
      sandbox.faults.livechat.add({ route, times, effect: { kind: 'reset', when } })
    }

    it.each(['before', 'after'] as const)(
      'a start whose answer is lost (%s it took effect) opens one chat',
      async (when) => {
        await openLosing(when)
        const talk = await startTalk(sandbox)
        expect(openThreads()).toBe(1)
        expect(talk.agentSees().filter((line) => line.includes('Broken kettle'))).toHaveLength(1)
      },
    )

    it('a returning person gets one new thread although the answer is lost', async () => {
      await openLosing('after', 'customer/resume_chat')
      const talk = await startTalk(sandbox)
      await talk.user.end()
      await sandbox.settle()
      await sandbox.advance(60_000)
      expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
      expect(openThreads()).toBe(1)
      const again = talkOf(sandbox, talk.user)
      expect(again.chatId).toBe(talk.chatId)
      expect(again.agentSees().filter((line) => line.includes('Again'))).toHaveLength(1)
    })

    it('a start of which every answer is lost closes what it opened', async () => {
      await openLosing('after', 'customer/start_chat', 1)
      sandbox.faults.livechat.add({ route: 'customer/list_chats', times: 1, effect: refusal('authorization') })
      const user = sandbox.installation.endUser({ name: 'Teal' })
      expect(await user.askForHuman({ title: 'Help' })).toMatchObject({ started: false })
      await sandbox.settle()
      expect(openThreads()).toBe(0)
    })

    it('the agent reads the bot’s last words once at most, although the answer to them is lost', async () => {
      await open({ livechatKnobs: { customerSystemMessageSeenByCustomer } })
      const talk = await startTalk(sandbox)
      const before = talk.agentSees().length
      sandbox.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'reset', when: 'after' } })
      await talk.user.end()
      await sandbox.settle()
      expect(
        talk
          .agentSees()
          .slice(before)
          .filter((line) => line.includes('ended')),
      ).toHaveLength(1)
    })
  },
)

describe('a start whose earlier session cannot be ended', () => {
  it('goes on, since that failure concerns the earlier session only', async () => {
    await open({ timeScale: 1 })
    const talk = await startTalk(sandbox)
    const lose = sandbox.faults.botpress.add({
      route: 'webhook/receive',
      ...always,
      effect: { kind: 'status', status: 502 },
    })
    await talk.user.end()
    await sandbox.settle()
    await sandbox.advance(120_000)
    lose()
    sandbox.faults.livechat.add({ route: 'customer/resume_chat', effect: { kind: 'delay', delayMs: 500 } })
    // No webhook reported the end of the earlier session, and reporting it fails now, too.
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/events', effect: { kind: 'status', status: 500 } })
    expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await sandbox.settle()
    expect(openThreads()).toBe(1)
    expect(sandbox.integration.logs().join('\n')).toContain('earlier_session_not_ended')
  })
})

describe('an answer that is not LiveChat’s own', () => {
  it.each([
    ['accounts/token', 403],
    ['accounts/token', 404],
    ['customer/start_chat', 403],
    ['customer/start_chat', 404],
    ['customer/start_chat', 502],
  ])('to %s, with status %i, never sends the owner to a setting', async (route, status) => {
    await open()
    const page = '<html><body>Blocked by the company</body></html>'
    sandbox.faults.livechat.add({ route, ...always, effect: { kind: 'status', status, body: page } })
    const started = await sandbox.installation.endUser({ name: 'Teal' }).askForHuman({ title: 'Help' })
    expect(started).toMatchObject({ started: false })
    const reason = JSON.stringify(started)
    const whoActs = status === 403 ? /let its administrator allow/ : /Nothing needs to be changed/
    expect(reason).toMatch(whoActs)
    expect(reason).not.toMatch(/Client ID|Organization ID|Group ID|Blocked by/)
  })
})

describe('an expired token that is being renewed for a webhook, which has little time,', () => {
  it('does not fail a start of the same end user, which has more time', async () => {
    await open({ configuration: { mergeByEmail: true } })
    const email = 'teal@example.com'
    const talk = await startTalk(sandbox, { user: { name: 'Teal', email } })
    await sandbox.advance(60_000)
    sandbox.livechat.license.expireTokens()
    sandbox.faults.livechat.add({ route: 'accounts/token', effect: { kind: 'hang' } })
    sandbox.livechat.desk.pickUp(talk.chatId, birch.email)
    const mark = sandbox.ledger.mark()
    sandbox.livechat.desk.say(talk.chatId, birch.email, 'Hi')
    await answered(sandbox, 'customer/get_chat', mark)
    const phone = sandbox.installation.endUser({ name: 'Teal', email, channel: 'whatsapp' })
    expect(await phone.askForHuman({ title: 'Help' })).toMatchObject({ started: true })
  })
})
