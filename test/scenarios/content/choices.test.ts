import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { amber, birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { addWebhooks, agentSeesMore, webhookVersions } from '../../helpers/content'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/**
 * The round trip of a choice: the agent shows buttons, the end user answers with text, and the agent's side sees a
 * click.
 */

let sandbox: Sandbox
let talk: Talk
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
  addWebhooks(sandbox, ['incoming_rich_message_postback'], options.webhookVersion)
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
}
afterEach(() => sandbox.close())

const button = (text: string, fields: Record<string, unknown> = {}) => ({
  text,
  type: 'message',
  value: text,
  postback_id: `postback-${text}`,
  user_ids: [],
  ...fields,
})
/** The agent shows buttons. Returns the id of the event. */
const ask = async (...buttons: Record<string, unknown>[]): Promise<string> => {
  const eventId = sandbox.livechat.desk.send(talk.chatId, amber.email, {
    type: 'rich_message',
    template_id: 'quick_replies',
    elements: [{ title: 'Which?', buttons }],
  })
  await sandbox.settle()
  return eventId
}
const colours = (): Promise<string> => ask(button('Blue'), button('Dark red'))

const answer = (text: string): Promise<string[]> => agentSeesMore(sandbox, talk, () => talk.user.say(text))
const presses = (mark = 0) =>
  sandbox.ledger.since(mark, { kind: 'effect', name: 'postback_sent' }).map(({ detail = {} }) => detail)
const openTag = (): string | undefined =>
  sandbox.installation.conversations().find(({ id }) => id === talk.conversationId)?.tags['openChoiceEventId']

describe.each(webhookVersions)('under webhooks %s', (webhookVersion) => {
  it('an answer is a click that LiveChat reports to every app, and the label in the chat', async () => {
    await open({ webhookVersion })
    const eventId = await colours()
    expect(talk.user.chat().at(-1)?.text).toBe('Which?\n1. Blue\n2. Dark red')
    const mark = sandbox.ledger.mark()
    expect(await answer('2')).toEqual(['Teal: Dark red'])
    expect(presses(mark)).toMatchObject([
      { chatId: talk.chatId, eventId, postbackId: 'postback-Dark red', toggled: true },
    ])
    const told = sandbox.ledger.since(mark, { kind: 'delivery', name: 'webhook/incoming_rich_message_postback' })
    const once = { status: 200, detail: { eventId } }
    expect(told).toMatchObject(Array.from({ length: sandbox.livechat.knobs.webhookDuplicates }, () => once))
    const { event } = sandbox.livechat.desk.transcript(talk.chatId).at(-1) ?? {}
    expect(event).toMatchObject({
      text: 'Dark red',
      postback: { id: 'postback-Dark red', event_id: eventId, thread_id: talk.threadId },
    })
    expect(openTag()).toBeUndefined()
  })
})

describe('an answer', () => {
  beforeEach(() => open())

  const clicks: [name: string, answer: string][] = [
    ['the number', '2'],
    ['the number with a full stop', ' 2. '],
    ['the number as an emoji', '2️⃣'],
    ['the number in Arabic digits', '٢'],
    ['the label', 'Dark red'],
    ['the label in other letters and spaces', 'dark  RED'],
    ['the line as it was shown', '2. Dark red'],
  ]
  it('is a click in each of these forms', async () => {
    for (const [name, text] of clicks) {
      await colours()
      const mark = sandbox.ledger.mark()
      expect(await answer(text), name).toEqual(['Teal: Dark red'])
      expect(presses(mark), name).toHaveLength(1)
    }
  })

  const texts: [name: string, answer: string][] = [
    ['another number', '3'],
    ['a part of a label', 'red'],
    ['a sentence with a label', 'Dark red, please'],
    ['a sentence', 'I do not know'],
    ['the longest', 'Blue'.repeat(3_999)],
  ]
  it('is not a click in these forms, and arrives as it was written', async () => {
    await colours()
    for (const [name, text] of texts) {
      expect(await answer(text), name).toEqual([`Teal: ${text}`])
      expect(presses(), name).toEqual([])
      expect(openTag(), name).toBeDefined()
    }
    expect(await answer('blue')).toEqual(['Teal: Blue'])
    expect(presses()).toHaveLength(1)
  })

  it('is not a click if two choices share the label; then their numbers distinguish them', async () => {
    await ask(button('Buy', { postback_id: 'first' }), button('Buy', { postback_id: 'second' }))
    expect(await answer('Buy')).toEqual(['Teal: Buy'])
    expect(presses()).toEqual([])
    await answer('2')
    expect(presses()).toMatchObject([{ postbackId: 'second' }])
  })

  it('is not a click if it is the label of a link', async () => {
    await ask(button('Look', { type: 'url', value: 'https://shop.example' }), button('Yes'))
    expect(await answer('Look')).toEqual(['Teal: Look'])
    expect(presses()).toEqual([])
    await answer('1')
    expect(presses()).toMatchObject([{ postbackId: 'postback-Yes' }])
  })

  it('is a click also for a button without type and value', async () => {
    await ask({ text: 'Yes', postback_id: 'p', user_ids: [] })
    expect(await answer('yes')).toEqual(['Teal: Yes'])
    expect(presses()).toMatchObject([{ postbackId: 'p' }])
  })

  it('is a click also for the last of 130 choices', async () => {
    sandbox.livechat.desk.send(talk.chatId, amber.email, {
      type: 'rich_message',
      template_id: 'cards',
      elements: Array.from({ length: 10 }, (_, card) => ({
        buttons: Array.from({ length: 13 }, (__, number) => button(`Button ${card}.${number}`)),
      })),
    })
    await sandbox.settle()
    expect(await answer('130')).toEqual(['Teal: Button 9.12'])
  })
})

describe('choices', () => {
  beforeEach(() => open())

  const textOnly = async (text: string): Promise<void> => {
    const mark = sandbox.ledger.mark()
    expect(await answer(text)).toEqual([`Teal: ${text}`])
    expect(presses(mark)).toEqual([])
  }

  it('can be answered once', async () => {
    await colours()
    await answer('1')
    await textOnly('1')
    await textOnly('Blue')
  })

  it('stay answered when LiveChat delivers them again', async () => {
    const eventId = await colours()
    const event = sandbox.livechat.desk.transcript(talk.chatId).find((entry) => entry.eventId === eventId)?.event
    await answer('1')
    await sandbox.deliverWebhook('incoming_event', { chat_id: talk.chatId, thread_id: talk.threadId, event })
    await sandbox.settle()
    await textOnly('1')
  })

  it('stay open while only the end user writes', async () => {
    await colours()
    await textOnly('Let me think')
    expect(await answer('1')).toEqual(['Teal: Blue'])
  })

  it('accept no number, but still a label, after the agent has added something', async () => {
    await colours()
    await agentSays(sandbox, talk.chatId, 'And how many do you want?')
    await textOnly('2')
    await colours()
    await agentSays(sandbox, talk.chatId, 'Please choose one')
    expect(await answer('blue')).toEqual(['Teal: Blue'])
  })

  it('expire when the conversation moves on, and then cost no further reads', async () => {
    await colours()
    await userSays(sandbox, talk.user, 'Neither')
    await agentSays(sandbox, talk.chatId, 'How many have you got?')
    await textOnly('2')
    expect(openTag()).toBeUndefined()
    const mark = sandbox.ledger.mark()
    await textOnly('Blue')
    expect(sandbox.ledger.since(mark, { kind: 'call', name: 'customer/get_chat' })).toEqual([])
  })

  it('expire when the agent deletes them', async () => {
    const eventId = await colours()
    sandbox.livechat.desk.deleteEvent(talk.chatId, amber.email, eventId)
    await sandbox.settle()
    await textOnly('1')
    expect(openTag()).toBeUndefined()
  })

  it('are replaced by newer ones', async () => {
    await colours()
    await ask(button('Small'), button('Large'))
    await textOnly('Blue')
    expect(await answer('2')).toEqual(['Teal: Large'])
  })

  it('of a second agent work like those of the first', async () => {
    sandbox.livechat.desk.addAgentToChat(talk.chatId, amber.email, birch.email)
    sandbox.livechat.desk.send(talk.chatId, birch.email, {
      type: 'rich_message',
      template_id: 'quick_replies',
      elements: [{ buttons: [button('Green')] }],
    })
    await sandbox.settle()
    expect(await answer('green')).toEqual(['Teal: Green'])
    expect(presses()).toHaveLength(1)
  })

  it('that are private are never open', async () => {
    sandbox.livechat.desk.send(talk.chatId, amber.email, {
      type: 'rich_message',
      template_id: 'quick_replies',
      visibility: 'agents',
      elements: [{ buttons: [button('Ban')] }],
    })
    await sandbox.settle()
    expect(openTag()).toBeUndefined()
    await textOnly('1')
  })

  it('are also found by another process', async () => {
    await colours()
    await sandbox.integration.restart()
    expect(await answer('1')).toEqual(['Teal: Blue'])
    expect(presses()).toHaveLength(1)
  })

  it('are not answered by a file', async () => {
    await colours()
    const url = sandbox.botpress.addPublicFile({ name: '1', contentType: 'text/plain', bytes: Buffer.from('x') })
    const seen = await agentSeesMore(sandbox, talk, () => talk.user.sendFile(url, 'Blue'))
    expect(seen).toEqual(['Teal: [text/plain Blue.txt]'])
    expect(presses()).toEqual([])
  })

  it('of a session that has ended have no effect in the next', async () => {
    await colours()
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(1_000)
    await talk.user.askForHuman({ title: 'Again' })
    await sandbox.advance(10_000)
    await textOnly('1')
  })
})

describe('a click that LiveChat does not accept', () => {
  beforeEach(() => open())

  it.each([
    ['the thread cannot be read', 'customer/get_chat'],
    ['the press is refused', 'customer/send_rich_message_postback'],
  ])('is sent as text if %s', async (_, route) => {
    await colours()
    sandbox.faults.livechat.add({ route, times: 1, effect: { kind: 'status', status: 400 } })
    expect(await answer('1')).toEqual(['Teal: 1'])
  })

  it('arrives once when an answer is lost on the way', async () => {
    await colours()
    sandbox.faults.livechat.add({ route: 'customer/send_event', times: 1, effect: { kind: 'reset', when: 'after' } })
    expect(await answer('1')).toEqual(['Teal: Blue'])
    expect(presses()).toHaveLength(1)
  })
})

describe('choices that the agent shows while earlier ones are being answered', () => {
  it('stay open', async () => {
    await open()
    await ask(button('Blue'), button('Red'))
    sandbox.faults.livechat.add({
      route: 'customer/send_event',
      effect: { kind: 'delay', delayMs: 500, when: 'after' },
    })
    const mark = sandbox.ledger.mark()
    await talk.user.say('Blue')
    await expect
      .poll(() => sandbox.ledger.since(mark, { kind: 'call', name: 'customer/send_rich_message_postback' }))
      .toHaveLength(1)
    const later = await ask(button('Small'), button('Large'))
    await sandbox.settle()
    const conversation = sandbox.installation.conversations().find(({ id }) => id === talk.conversationId)
    expect(conversation?.tags['openChoiceEventId']).toBe(later)
  })
})

describe('the cost of choices', () => {
  it('is one more call for the message that shows them, three for the answer, and none for other messages', async () => {
    await open({ livechatKnobs: { webhookDuplicates: 1 } })
    const calls = async (work: () => unknown): Promise<string[]> => {
      const mark = sandbox.ledger.mark()
      await work()
      await sandbox.settle()
      return sandbox.ledger
        .since(mark, { kind: 'call' })
        .map(({ name }) => name)
        .filter((name) => name !== 'webhook/receive')
    }
    expect(await calls(() => userSays(sandbox, talk.user, 'Hello'))).toEqual([
      'customer/send_event',
      expect.stringMatching(/^PUT .*messages/),
    ])
    expect(await calls(colours)).toEqual([
      'POST /v1/chat/messages/get-or-create',
      expect.stringMatching(/^PUT .*conversations/),
    ])
    expect(await calls(() => talk.user.say('1'))).toEqual([
      'customer/get_chat',
      'customer/send_rich_message_postback',
      'customer/send_event',
      expect.stringMatching(/^PUT .*conversations/),
      expect.stringMatching(/^PUT .*messages/),
    ])
    expect(await calls(() => userSays(sandbox, talk.user, 'Thanks'))).toHaveLength(2)
  })
})
