import { afterEach, describe, expect, it } from 'vitest'
import {
  amber,
  birch,
  salesGroup,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, talkOf, userSays } from '../../helpers/talk'

let sandbox: Sandbox
const open = async (options: SandboxOptions = {}): Promise<Sandbox> => (sandbox = await startSandbox(options))
afterEach(() => sandbox.close())

/** Resolves with the next call to this route. */
const calledOnce = (route: string): Promise<void> =>
  new Promise((resolve) => {
    const stop = sandbox.ledger.subscribe(({ kind, name }) => {
      if (kind !== 'call' || name !== route) return
      stop()
      resolve()
    })
  })

const openThreads = (): number => sandbox.livechat.desk.chats().filter(({ state }) => state !== 'closed').length

/** What LiveChat knows about the end user. */
const cardOf = (chatId: string): { name?: string; email?: string } => {
  const chat = sandbox.livechat.desk.chats().find((found) => found.chatId === chatId)
  return sandbox.livechat.license.customers().find(({ id }) => id === chat?.customer.id) ?? {}
}

describe('what the agent reads first', () => {
  it('is the title and description, then the whole conversation with its authors, from the bot', async () => {
    await open()
    const user = sandbox.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    user.seedHistory([
      { from: 'me', type: 'text', payload: { text: 'My kettle leaks' } },
      {
        from: 'bot',
        type: 'choice',
        payload: {
          text: 'Which one?',
          options: [
            { label: 'Blue', value: 'b' },
            { label: 'Red', value: 'r' },
          ],
        },
      },
      { from: 'me', type: 'image', payload: { imageUrl: 'https://files.bpcontent.cloud/leak.png', title: 'The leak' } },
      { from: 'bot', type: 'markdown', payload: { markdown: '**Sorry** to hear that' } },
    ])
    await user.askForHuman({ title: 'Broken kettle', description: 'It leaks.' })
    await sandbox.settle()
    const [briefing] = talkOf(sandbox, user).agentSees()
    expect(briefing).toContain('Broken kettle\nIt leaks.')
    expect(briefing).toContain('Teal: My kettle leaks')
    expect(briefing).toContain('Bot: Which one? [Blue / Red]')
    expect(briefing).toContain('Teal: Image "The leak": https://files.bpcontent.cloud/leak.png')
    expect(briefing).toContain('Bot: Sorry to hear that')
    // Never under the end user's name: if LiveChat refuses another form, the lines are labelled.
    const isLabelled = sandbox.livechat.knobs.refuseSystemMessageFromCustomer
    expect(briefing).toMatch(isLabelled ? /^Teal: \[Bot\] / : /^(?!Teal:)/)
  })

  it('has no odd lines if neither a title nor a description was given', async () => {
    await open()
    const talk = await startTalk(sandbox, { start: {} })
    expect(talk.agentSees()[0]).not.toMatch(/undefined|null|\n\n\n/)
  })

  it('is labelled text where LiveChat takes no system message from a customer', async () => {
    await open({ livechatKnobs: { refuseSystemMessageFromCustomer: 'validation' } })
    const talk = await startTalk(sandbox)
    expect(talk.agentSees()[0]).toMatch(/^Teal: \[Bot\] Broken kettle/)
  })

  it('shows the real name and address of the end user, and never an invented one', async () => {
    await open()
    const known = await startTalk(sandbox, { user: { name: 'Plum', email: 'plum@example.com' } })
    const unknown = sandbox.installation.endUser()
    await unknown.askForHuman({ title: 'Hello' })
    await sandbox.settle()
    expect(cardOf(known.chatId)).toMatchObject({
      name: 'Plum',
      email: 'plum@example.com',
    })
    const card = cardOf(talkOf(sandbox, unknown).chatId)
    expect(card.name).toBeUndefined()
    expect(card.email).toBeUndefined()
  })
})

describe('where the chat goes', () => {
  it('goes to the group of the configuration, and to that of the session when it names one', async () => {
    await open({ configuration: { groupId: 0 } })
    const usual = await startTalk(sandbox)
    const special = await startTalk(sandbox, { start: { title: 'Buy', hitlSession: { groupId: salesGroup.id } } })
    const groupOf = (chatId: string) => sandbox.livechat.desk.chats().find((chat) => chat.chatId === chatId)?.groupIds
    expect(groupOf(usual.chatId)).toEqual([0])
    expect(groupOf(special.chatId)).toEqual([salesGroup.id])
  })

  it('waits in LiveChat while nobody is online', async () => {
    await open()
    for (const agent of [amber, birch]) sandbox.livechat.desk.setStatus(agent.email, 'offline')
    const talk = await startTalk(sandbox)
    expect(talk.user.session.active).toBe(true)
    expect(openThreads()).toBe(1)
  })

  it('fails with a reason, and leaves nothing in LiveChat, if the flows prefer to go on', async () => {
    await open({ configuration: { whenOffline: 'fail' } })
    for (const agent of [amber, birch]) sandbox.livechat.desk.setStatus(agent.email, 'offline')
    const user = sandbox.installation.endUser({ name: 'Teal' })
    const result = await user.askForHuman({ title: 'Hello' })
    await sandbox.settle()
    expect(result.started).toBe(false)
    expect(JSON.stringify(result)).toContain('nobody is online')
    expect(openThreads()).toBe(0)
  })

  it('says which field is wrong when the group does not exist', async () => {
    await open()
    const user = sandbox.installation.endUser()
    const result = await user.askForHuman({ title: 'Hello', hitlSession: { groupId: 77 } })
    expect(JSON.stringify(result)).toMatch(
      /LiveChat has no group 77\. Correct .*LiveChat group.* of the card that starts the session/,
    )
    expect(openThreads()).toBe(0)
  })
})

describe('coming back', () => {
  it.each(['chat_limit_reached', 'limit_reached', 'validation_with_message'] as const)(
    'is the same customer with the earlier thread above the new one (%s)',
    async (secondStartChatError) => {
      await open({ livechatKnobs: { secondStartChatError } })
      const first = await startTalk(sandbox)
      sandbox.livechat.desk.close(first.chatId, amber.email)
      await sandbox.settle()
      expect(first.user.session.active).toBe(false)
      await first.user.askForHuman({ title: 'Again' })
      await sandbox.advance(10_000)
      const second = talkOf(sandbox, first.user)
      expect(second.chatId).toBe(first.chatId)
      expect(second.threadId).not.toBe(first.threadId)
      expect(second.conversationId).not.toBe(first.conversationId)
      await agentSays(sandbox, second.chatId, 'Welcome back')
      expect(second.userSees().at(-1)).toBe('Agent Amber: Welcome back')
    },
  )

  it('on a second channel at the same time is a session of its own', async () => {
    await open({ configuration: { mergeByEmail: true } })
    const webchat = await startTalk(sandbox, { user: { name: 'Teal', email: 'same@example.com' } })
    await userSays(sandbox, webchat.user, 'from the website')
    await sandbox.advance(60_000)
    const phone = await startTalk(sandbox, { user: { name: 'Teal', email: 'same@example.com', channel: 'whatsapp' } })
    await userSays(sandbox, phone.user, 'from the phone')
    expect(phone.chatId).not.toBe(webchat.chatId)
    expect(webchat.agentSees().join()).not.toContain('from the phone')
    expect(phone.agentSees().join()).not.toContain('from the website')
    expect(webchat.user.session.active).toBe(true)
  })

  it('after a start that was killed closes the thread that it left open', async () => {
    await open()
    const user = sandbox.installation.endUser({ name: 'Teal', email: 'killed@example.com' })
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/conversations/get-or-create', effect: { kind: 'hang' } })
    const hanging = calledOnce('POST /v1/chat/conversations/get-or-create')
    const start = user.askForHuman({ title: 'First try' })
    await hanging
    await sandbox.integration.restart()
    expect((await start).started).toBe(false)
    expect(openThreads()).toBe(1)
    await sandbox.advance(60_000)
    await user.askForHuman({ title: 'Second try' })
    await sandbox.advance(5_000)
    expect(user.session.active).toBe(true)
    expect(openThreads()).toBe(1)
    expect(talkOf(sandbox, user).agentSees().join('\n')).toContain('Second try')
  })
})

describe('a start in which something fails', () => {
  const routes = ['POST /v1/chat/conversations/get-or-create', 'customer/start_chat', 'accounts/token']
  it.each(routes)('leaves no open thread if %s always answers 500', async (route) => {
    await open({ timeScale: 20 })
    const side = route.startsWith('POST') ? sandbox.faults.botpress : sandbox.faults.livechat
    side.add({ route, times: Infinity, effect: { kind: 'status', status: 500 } })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    const result = await user.askForHuman({ title: 'Hello' })
    await sandbox.settle()
    expect(result.started).toBe(false)
    expect(openThreads()).toBe(0)
    expect(user.session.active).toBe(false)
  })

  it('closes a thread if the answer to its opening was lost', async () => {
    await open({ timeScale: 20 })
    sandbox.faults.livechat.add({ route: 'customer/start_chat', effect: { kind: 'reset', when: 'after' } })
    const lost = sandbox.faults.livechat.add({
      route: 'customer/list_chats',
      times: 4,
      effect: { kind: 'status', status: 500 },
    })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    const result = await user.askForHuman({ title: 'Hello' })
    lost()
    await sandbox.settle()
    expect(result.started).toBe(false)
    expect(openThreads()).toBe(0)
  })

  it.each([
    ['fails', { kind: 'status', status: 500 } as const],
    ['hangs', { kind: 'hang' } as const],
  ])('succeeds if only the first read of the thread %s, and the session loses nothing', async (_name, effect) => {
    await open({ timeScale: 20 })
    const heal = sandbox.faults.livechat.add({ route: 'customer/get_chat', times: Infinity, effect })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    expect((await user.askForHuman({ title: 'Hello' })).started).toBe(true)
    await sandbox.settle()
    const talk = talkOf(sandbox, user)
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'First')
    await sandbox.settle()
    await sandbox.advance(10_000)
    heal()
    await agentSays(sandbox, talk.chatId, 'Second')
    await sandbox.advance(10_000)
    expect(talk.userSees().filter((line) => /: (First|Second)$/.test(line))).toHaveLength(2)
  })

  it('succeeds if LiveChat refuses a detail of the end user, such as a malformed address', async () => {
    await open()
    const talk = await startTalk(sandbox, {
      user: { name: 'Teal', email: 'not an address' },
      start: { title: 'Hello', hitlSession: { customFields: { order: '4711' } } },
    })
    expect(talk.user.session.active).toBe(true)
    expect(cardOf(talk.chatId).name).toBe('Teal')
    const chat = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)
    expect(JSON.stringify(chat?.customer.sessionFields)).toContain('4711')
  })
})
