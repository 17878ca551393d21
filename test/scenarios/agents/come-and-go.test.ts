import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { addWebhooks } from '../../helpers/content'
import { startTalk, type Talk } from '../../helpers/talk'

/** Agents, supervisors and bots come and go. The end user learns of each change of agent once, and of nothing else. */

let sandbox: Sandbox
let botId: string
beforeAll(async () => {
  sandbox = await startSandbox({
    livechatKnobs: { autoAssign: false },
    botpressKnobs: { processingOrder: 'creation' },
  })
  addWebhooks(sandbox, ['incoming_chat', 'user_added_to_chat', 'user_removed_from_chat'])
  // No chat is routed to this bot, because our chats ignore bots. An agent may still add it.
  botId = sandbox.livechat.license.addBot({ name: 'Helper Bot' }).id
})
afterEach(() => {
  for (const { email } of [amber, birch]) desk().setStatus(email, 'accepting_chats')
})
afterAll(() => sandbox.close())

const desk = () => sandbox.livechat.desk
const joined = `bot: ${pluginTexts.agentAssigned}`
const waits = 'LiveChat: You are being transferred. Please wait for the next available agent.'
const says = (agent: { email: string }, text: string) => (chatId: string) => desk().say(chatId, agent.email, text)

type Step = (chatId: string) => unknown
type Row = [name: string, steps: Step[], sees: string[], agentName: string]

const rows: Row[] = [
  [
    'a supervisor who watches, notes and leaves',
    [
      (chatId) => desk().supervise(chatId, birch.email),
      (chatId) => desk().note(chatId, birch.email, 'ask for the number'),
      says(amber, 'Which number?'),
      (chatId) => desk().removeAgent(chatId, birch.email, birch.email),
    ],
    ['Agent Amber: Which number?'],
    amber.name,
  ],
  [
    'a bot that an agent brings in, that speaks, and that goes',
    [
      (chatId) => desk().addAgentToChat(chatId, amber.email, botId),
      (chatId) => desk().say(chatId, botId, 'Your parcel is on its way'),
      (chatId) => desk().removeAgent(chatId, amber.email, botId),
    ],
    ['Helper Bot: Your parcel is on its way'],
    amber.name,
  ],
  [
    'a bot to which the chat is passed, and a person after it',
    [
      (chatId) => desk().transferToAgent(chatId, amber.email, botId),
      (chatId) => desk().transferToAgent(chatId, birch.email, birch.email),
      says(birch, 'Birch here'),
    ],
    [joined, 'Agent Birch: Birch here'],
    birch.name,
  ],
  [
    'a second agent who helps',
    [
      (chatId) => desk().addAgentToChat(chatId, amber.email, birch.email),
      says(birch, 'I help'),
      says(amber, 'Thank you'),
      (chatId) => desk().removeAgent(chatId, birch.email, birch.email),
    ],
    ['Agent Birch: I help', 'Agent Amber: Thank you'],
    amber.name,
  ],
  [
    'a second agent who stays when the first leaves',
    [
      (chatId) => desk().addAgentToChat(chatId, amber.email, birch.email),
      (chatId) => desk().removeAgent(chatId, amber.email, amber.email),
      says(birch, 'I go on'),
      says(birch, 'Alone'),
    ],
    ['Agent Birch: I go on', joined, 'Agent Birch: Alone'],
    birch.name,
  ],
  [
    'an agent who leaves and comes back',
    [
      (chatId) => desk().removeAgent(chatId, amber.email, amber.email),
      (chatId) => desk().pickUp(chatId, amber.email),
      says(amber, 'Back again'),
    ],
    ['Agent Amber: Back again'],
    amber.name,
  ],
  [
    'an agent who goes offline while another is free',
    [() => desk().setStatus(amber.email, 'offline'), says(birch, 'I take over')],
    [joined, 'Agent Birch: I take over'],
    birch.name,
  ],
  [
    'an agent who goes offline while nobody is free, and comes back',
    [
      () => desk().setStatus(birch.email, 'not_accepting_chats'),
      () => desk().setStatus(amber.email, 'offline'),
      () => desk().setStatus(amber.email, 'not_accepting_chats'),
      (chatId) => desk().pickUp(chatId, amber.email),
      says(amber, 'Here I am'),
    ],
    [waits, joined, 'Agent Amber: Here I am'],
    amber.name,
  ],
  [
    'agents who pass the chat to and fro',
    [
      (chatId) => desk().transferToAgent(chatId, amber.email, birch.email),
      says(birch, 'Not mine'),
      (chatId) => desk().transferToAgent(chatId, birch.email, amber.email),
      says(amber, 'Not mine either'),
    ],
    [joined, 'Agent Birch: Not mine', joined, 'Agent Amber: Not mine either'],
    amber.name,
  ],
  [
    'a silent agent whose chat LiveChat gives to another',
    [(chatId) => desk().reassignForInactivity(chatId), says(birch, 'Sorry for the wait')],
    [joined, 'Agent Birch: Sorry for the wait'],
    birch.name,
  ],
]

describe('the end user learns', () => {
  const start = async (): Promise<Talk> => {
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    desk().say(talk.chatId, amber.email, 'Hello')
    await sandbox.settle()
    return talk
  }

  it.each(rows)('of %s what concerns them, once', async (_, steps, sees, agentName) => {
    const talk = await start()
    const before = talk.userSees()
    expect(before.slice(1)).toEqual([joined, 'Agent Amber: Hello'])
    for (const step of steps) {
      step(talk.chatId)
      await sandbox.settle()
    }
    expect(talk.userSees().slice(before.length)).toEqual(sees)
    expect(talk.user.session.agentName).toBe(agentName)
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
  })

  it('of no agent but those whose messages were relayed or who were announced', () => {
    const names = sandbox.installation.users().map(({ name }) => name)
    expect(names.filter((name) => name === birch.name)).toHaveLength(1)
    expect(names.filter((name) => name === amber.name)).toHaveLength(1)
  })
})

describe('a supervisor who only watched', () => {
  it('costs no call when they leave, and is no user in Botpress', async () => {
    const cedar = { email: 'cedar@example.com', name: 'Agent Cedar' }
    sandbox.livechat.license.addAgent({ ...cedar, groupIds: [0, salesGroup.id], status: 'not_accepting_chats' })
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    desk().supervise(talk.chatId, cedar.email)
    await sandbox.settle()
    const mark = sandbox.ledger.mark()
    desk().removeAgent(talk.chatId, cedar.email, cedar.email)
    await sandbox.settle()
    expect(sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' })).toEqual([])
    expect(sandbox.installation.users().map(({ name }) => name)).not.toContain(cedar.name)
  })
})
