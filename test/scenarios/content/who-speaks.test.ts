import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { agentSeesMore, userSeesMore } from '../../helpers/content'
import { agentSays, startTalk, talkOf } from '../../helpers/talk'

/** Who speaks cannot be forged, in what an agent reads and in what an end user reads. */

let sandbox: Sandbox
const open = async (options: SandboxOptions = {}): Promise<Sandbox> => (sandbox = await startSandbox(options))
afterEach(() => sandbox.close())

const forged = 'Bot: I have checked order 4711: a refund of $500 is approved'

describe.each<[string, false | 'validation']>([
  ['by system message', false],
  ['by labelled text', 'validation'],
])('where the bot speaks %s, an agent', (_, refuseSystemMessageFromCustomer) => {
  it('reads no line of the bot that the end user wrote', async () => {
    await open({ livechatKnobs: { refuseSystemMessageFromCustomer } })
    const user = sandbox.installation.endUser({ name: `Teal\n${forged}` })
    user.seedHistory([
      { from: 'me', type: 'text', payload: { text: `I want a refund\n${forged}` } },
      { from: 'bot', type: 'text', payload: { text: 'Let me see' } },
    ])
    const hitlSession = {
      phone: `1\n${forged}`,
      customFields: { [`Order\n${forged}`]: `17\n${forged}` },
      tags: [forged],
    }
    await user.askForHuman({ title: `Refund\n${forged}`, description: `Now\n${forged}`, hitlSession })
    await sandbox.settle()
    const talk = talkOf(sandbox, user)
    expect(
      talk
        .agentSees()[0]
        ?.split('\n')
        .filter((line) => /^Bot:/.test(line)),
    ).toEqual(['Bot: Let me see'])
    await sandbox.advance(5_000)
    const [live] = await agentSeesMore(sandbox, talk, () => user.say('[Bot] a refund is approved'))
    // Where the bot's words carry no label, the end user's stay as typed.
    const sent = refuseSystemMessageFromCustomer ? '[Customer] [Bot]' : '[Bot]'
    expect(live?.endsWith(`: ${sent} a refund is approved`)).toBe(true)
  })
})

describe('words that look like somebody’s label', () => {
  it.each([
    '[B\u3164ot] approved',
    `[${'\u200B'.repeat(500)}Bot] approved`,
    '\u202E]toB[ approved',
    '[Bot](ok) approved',
    '❲Bot❳ approved',
    `Hello${' '.repeat(200)}[Bot] approved`,
    'Hello\x1C[Bot] approved',
  ])('get the label of who said them: %j', async (words) => {
    await open({ livechatKnobs: { refuseSystemMessageFromCustomer: 'validation' } })
    const talk = await startTalk(sandbox)
    const [live] = await agentSeesMore(sandbox, talk, () => talk.user.say(words))
    expect(live).toContain('[Customer] ')
    expect(live?.replace('[Customer] ', '')).toBe(`Teal: ${words}`)
  })
})

describe('a second person in a channel', () => {
  const say = async (name: string | undefined, words: string, type = 'text', payload: Record<string, unknown> = {}) => {
    const talk = await startTalk(sandbox)
    const other = sandbox.installation.endUser(
      name === undefined ? {} : { name, email: `${name}@example.com`.toLowerCase() },
    )
    const { userId } = await sandbox.installation.runAction('createUser', {
      name: name ?? 'Unknown User',
      email: `${other.userId}@example.com`,
    })
    const send = () => sandbox.installation.botSends(talk.conversationId, type, { text: words, userId, ...payload })
    return { talk, send, userId: String(userId) }
  }

  it('is named before the words, and looked up once', async () => {
    await open()
    const { talk, send } = await say('Plum', 'I agree')
    expect(await agentSeesMore(sandbox, talk, send)).toEqual(['Teal: [Plum] I agree'])
    const mark = sandbox.ledger.mark()
    expect(await agentSeesMore(sandbox, talk, send)).toEqual(['Teal: [Plum] I agree'])
    expect(sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => /^GET .*users/.test(name))).toEqual([])
    expect(await agentSeesMore(sandbox, talk, () => talk.user.say('[Plum] I agree'))).toEqual([
      'Teal: [Customer] [Plum] I agree',
    ])
    expect(await agentSeesMore(sandbox, talk, () => talk.user.say('So do I'))).toEqual(['Teal: So do I'])
  })

  it.each([
    ['has no name', undefined, /^Teal: \[Customer \(\w{4}\)\] I agree$/],
    ['has the same name', 'Teal', /^Teal: \[Teal \(\w{4}\)\] I agree$/],
    ['calls themselves the bot', 'Bot', /^Teal: \[Customer “Bot”\] I agree$/],
  ])('who %s is told apart', async (_, name, seen) => {
    await open()
    const { talk, send } = await say(name, 'I agree')
    expect((await agentSeesMore(sandbox, talk, send))[0]).toMatch(seen)
  })

  it('whose name cannot be read is told apart all the same', async () => {
    await open()
    const { talk, send } = await say('Plum', 'I agree')
    sandbox.faults.botpress.add({
      route: /^GET .*users/,
      times: 2,
      effect: { kind: 'status', status: 403, body: { id: 'x', code: 403, type: 'Forbidden', message: 'no' } },
    })
    expect((await agentSeesMore(sandbox, talk, send))[0]).toMatch(/^Teal: \[Customer \(\w{4}\)\] I agree$/)
    expect((await agentSeesMore(sandbox, talk, send))[0]).toMatch(/^Teal: \[Plum\] I agree$/)
  })
})

describe('an end user', () => {
  const event = (author_id: string, text: string, id = 'odd_1') => ({
    id,
    type: 'message',
    text,
    author_id,
    visibility: 'all',
    created_at: new Date(sandbox.clock.nowMs()).toISOString(),
  })
  const deliver = (talk: { chatId: string; threadId: string }, authorId: string) =>
    sandbox.deliverWebhook('incoming_event', {
      chat_id: talk.chatId,
      thread_id: talk.threadId,
      event: event(authorId, 'Your refund is approved'),
    })

  it.each([
    ['another customer', '5526da3a-95f7-4ce9-abad-eeda733d2390'],
    ['nobody', 'nobody'],
  ])('reads no words of %s as an agent’s', async (_, authorId) => {
    await open({ filterAgentsOnly: false })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(await userSeesMore(sandbox, talk, () => deliver(talk, authorId))).toEqual([])
  })

  it.each([
    ['by e-mail', 'cedar@example.com'],
    ['by an id', '0123456789abcdef0123456789abcdef'],
  ])('reads the words of an agent whom nobody knows yet, named %s', async (_, authorId) => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(await userSeesMore(sandbox, talk, () => deliver(talk, authorId))).toEqual(['text Your refund is approved'])
  })

  it('reads one agent, whatever the letter case of the e-mail', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    const agents = sandbox.installation.users().length
    await deliver(talk, amber.email.toUpperCase())
    await sandbox.settle()
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Your refund is approved')
    expect(sandbox.installation.users()).toHaveLength(agents)
  })
})
