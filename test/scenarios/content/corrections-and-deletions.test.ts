import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { addWebhooks, png, userSeesMore, webhookVersions } from '../../helpers/content'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/** What an agent changes or deletes after the end user has seen it. */

let sandbox: Sandbox
let talk: Talk
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
  const { webhookVersion = '3.6' } = options
  addWebhooks(
    sandbox,
    webhookVersion === '3.5' ? ['event_updated'] : ['event_updated', 'event_deleted'],
    webhookVersion,
  )
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
}
afterEach(() => sandbox.close())

/** The agent writes, and the end user sees it. Returns the id of the event. */
const say = async (text: string): Promise<string> => {
  const eventId = sandbox.livechat.desk.say(talk.chatId, amber.email, text)
  await sandbox.settle()
  return eventId
}
const edit = (eventId: string, text: string): Promise<string[]> =>
  userSeesMore(sandbox, talk, () => sandbox.livechat.desk.edit(talk.chatId, amber.email, eventId, text))
const remove = (eventId: string): Promise<string[]> =>
  userSeesMore(sandbox, talk, () => sandbox.livechat.desk.deleteEvent(talk.chatId, amber.email, eventId))
/** The webhook as LiveChat would deliver it, by hand. */
const tellUpdated = (eventId: string, fields: Record<string, unknown> = {}): Promise<number> => {
  const event = sandbox.livechat.desk.transcript(talk.chatId).find((entry) => entry.eventId === eventId)?.event
  return sandbox.deliverWebhook('event_updated', {
    chat_id: talk.chatId,
    thread_id: talk.threadId,
    event: { ...event, ...fields },
  })
}
const tellDeleted = (eventId: string): Promise<number> =>
  sandbox.deliverWebhook('event_deleted', { chat_id: talk.chatId, thread_id: talk.threadId, event_id: eventId })

const callsSince = (mark: number): string[] =>
  sandbox.ledger
    .since(mark, { kind: 'call' })
    .map(({ name }) => name)
    .filter((name) => name !== 'webhook/receive')

const removed = 'text A message from the agent was removed.'

describe.each(webhookVersions)('under webhooks %s', (webhookVersion) => {
  it('a correction is sent to the end user once, from the same agent', async () => {
    await open({ webhookVersion, livechatKnobs: { webhookDuplicates: 3 } })
    const eventId = await say('We open at 5')
    expect(await edit(eventId, 'We open at 6')).toEqual(['text Correction: We open at 6'])
    expect(talk.user.chat().at(-1)?.from).toBe('Agent Amber')
  })

  // Webhooks of 3.5 do not report it.
  if (webhookVersion === '3.5') return
  it('a deletion is said once, without the deleted text', async () => {
    await open({ webhookVersion, livechatKnobs: { webhookDuplicates: 3 } })
    const eventId = await say('Your password is 1234')
    expect(await remove(eventId)).toEqual([removed])
  })
})

describe('a correction', () => {
  it.each([
    ['in the longest text', '👍🏽'.repeat(2_000)],
    ['in right-to-left text', 'שלום'],
    ['with marks of our own', '{correction} ${x} $& Correction:'],
  ])('%s is sent whole', async (_, text) => {
    await open()
    expect(await edit(await say('before'), text)).toEqual([`text Correction: ${text}`])
  })

  it('is sent for each change, also for a change back', async () => {
    await open()
    const eventId = await say('A')
    const seen = []
    for (const text of ['B', 'A', 'B', 'B', 'C']) seen.push(...(await edit(eventId, text)))
    expect(seen).toEqual(['B', 'A', 'B', 'C'].map((text) => `text Correction: ${text}`))
  })

  it('is sent by another process, and not again by a third', async () => {
    await open()
    const eventId = await say('at 5')
    await sandbox.integration.restart()
    expect(await edit(eventId, 'at 6')).toEqual(['text Correction: at 6'])
    await sandbox.integration.restart()
    expect(await userSeesMore(sandbox, talk, () => tellUpdated(eventId))).toEqual([])
  })

  it('is sent once although the answer to the call was lost', async () => {
    await open({ timeScale: 20 })
    const eventId = await say('at 5')
    const route = 'PUT /v1/chat/messages/:id'
    sandbox.faults.botpress.add({ route, times: 8, effect: { kind: 'status', status: 500 } })
    const seen = await userSeesMore(sandbox, talk, async () => {
      sandbox.livechat.desk.edit(talk.chatId, amber.email, eventId, 'at 6')
      await sandbox.settle()
      await sandbox.integration.restart()
      await sandbox.advance(60_000)
    })
    expect(seen).toEqual(['text Correction: at 6'])
  })

  it('of a card shows the card again, and its choices stay open', async () => {
    await open()
    const card = (title: string) => [
      {
        title,
        image: { url: 'https://shop.example/a.png' },
        buttons: [{ text: 'Buy', type: 'message', value: 'Buy', postback_id: 'p', user_ids: [] }],
      },
    ]
    const eventId = sandbox.livechat.desk.send(talk.chatId, amber.email, {
      type: 'rich_message',
      template_id: 'cards',
      elements: card('5 €'),
    })
    await sandbox.settle()
    sandbox.faults.livechat.add({ route: 'customer/get_chat', times: 4, effect: { kind: 'status', status: 400 } })
    expect(await userSeesMore(sandbox, talk, () => tellUpdated(eventId, { elements: card('6 €') }))).toEqual([
      'text Correction:',
      'image https://shop.example/a.png',
      'text 6 €\n1. Buy',
    ])
  })

  it('is not sent if only the presses of a button have changed', async () => {
    await open()
    const eventId = sandbox.livechat.desk.send(talk.chatId, amber.email, {
      type: 'rich_message',
      template_id: 'quick_replies',
      elements: [{ title: 'Sure?', buttons: [{ text: 'Yes', postback_id: 'p', user_ids: [] }] }],
    })
    await sandbox.settle()
    await userSays(sandbox, talk.user, 'yes')
    expect(await userSeesMore(sandbox, talk, () => tellUpdated(eventId))).toEqual([])
  })

  it('shows the present text, however late the webhook about an older change comes', async () => {
    await open()
    const eventId = await say('A')
    const seen = await userSeesMore(sandbox, talk, async () => {
      sandbox.livechat.desk.edit(talk.chatId, amber.email, eventId, 'C')
      await sandbox.settle()
      await tellUpdated(eventId, { text: 'B' })
    })
    expect(seen).toEqual(['text Correction: C'])
  })

  it('that overtakes the message itself lets the message arrive once, with the present text', async () => {
    await open()
    const [incoming] = sandbox.livechat.webhooks.list().filter(({ action }) => action === 'incoming_event')
    sandbox.livechat.webhooks.remove(incoming?.id ?? '')
    const eventId = await say('at 5')
    expect(await edit(eventId, 'at 6')).toEqual(['text at 6'])
    const late = { ...sandbox.livechat.desk.transcript(talk.chatId).at(-1)?.event, text: 'at 5' }
    const payload = { chat_id: talk.chatId, thread_id: talk.threadId, event: late }
    expect(await userSeesMore(sandbox, talk, () => sandbox.deliverWebhook('incoming_event', payload))).toEqual([])
    // Another process creates the message again, so that Botpress holds the older content.
    await sandbox.integration.restart()
    expect(await userSeesMore(sandbox, talk, () => sandbox.deliverWebhook('incoming_event', payload))).toEqual([])
    expect(await userSeesMore(sandbox, talk, () => tellUpdated(eventId))).toEqual([])
    expect(await edit(eventId, 'at 5')).toEqual(['text Correction: at 5'])
  })

  it('is sent after the plugin’s drop window if the change happens inside it', async () => {
    sandbox = await startSandbox({ botpressKnobs: { activationDelayMs: 4_000 } })
    addWebhooks(sandbox, ['event_updated'])
    talk = await startTalk(sandbox, { pastDropWindow: false })
    const eventId = sandbox.livechat.desk.say(talk.chatId, amber.email, 'at 5')
    await sandbox.settle()
    const seen = await userSeesMore(sandbox, talk, async () => {
      sandbox.livechat.desk.edit(talk.chatId, amber.email, eventId, 'at 6')
      await sandbox.settle()
      await sandbox.advance(10_000)
    })
    expect(seen.slice(-2)).toEqual(['text at 5', 'text Correction: at 6'])
  })
})

describe('the end user is told nothing', () => {
  const nothingFor = async (work: () => unknown): Promise<void> => {
    expect(await userSeesMore(sandbox, talk, work)).toEqual([])
  }

  it('of a private note that is changed or deleted', async () => {
    await open()
    const note = sandbox.livechat.desk.note(talk.chatId, amber.email, 'difficult')
    await sandbox.settle()
    const mark = sandbox.ledger.mark()
    expect(await edit(note, 'very difficult')).toEqual([])
    expect(callsSince(mark)).toEqual([])
    expect(await remove(note)).toEqual([])
  })

  it('of an event that a webhook calls public although the thread does not show it', async () => {
    await open()
    const eventId = await say('Hello')
    sandbox.livechat.desk.deleteEvent(talk.chatId, amber.email, eventId)
    await sandbox.settle()
    await nothingFor(() => tellUpdated(eventId, { text: 'a secret', deleted: undefined }))
  })

  it.each([
    ['without visibility', { visibility: undefined }],
    ['of visibility agents', { visibility: 'agents' }],
    ['without an author', { author_id: undefined }],
    ['that is deleted', { deleted: true }],
    ['that now shows nothing', { text: '' }],
  ])('of a changed event %s, and LiveChat is answered 200', async (_, fields) => {
    await open()
    const eventId = await say('Hello')
    await nothingFor(async () => expect(await tellUpdated(eventId, { text: 'changed', ...fields })).toBe(200))
  })

  it('of what the end user wrote, whoever deletes or changes it', async () => {
    await open()
    await userSays(sandbox, talk.user, 'my own words')
    const own = sandbox.livechat.desk.transcript(talk.chatId).at(-1)?.eventId ?? ''
    await nothingFor(() => tellDeleted(own))
    await nothingFor(() => tellUpdated(own, { text: 'other words' }))
  })

  it('of events that the end user did not see, of other chats, and of bodies that cannot be read', async () => {
    await open()
    const ids = { chat_id: talk.chatId, thread_id: talk.threadId }
    const news: [string, Record<string, unknown>][] = [
      ['event_deleted', { ...ids, event_id: 'never-seen' }],
      ['event_deleted', { chat_id: 'foreign', thread_id: 'foreign', event_id: 'x' }],
      ['event_deleted', { ...ids, event_id: 7 }],
      ['event_deleted', ids],
      ['event_updated', { ...ids, event: 'x' }],
      ['event_updated', ids],
      [
        'event_updated',
        {
          chat_id: 'foreign',
          thread_id: 'foreign',
          event: { id: 'x', type: 'message', text: 'x', visibility: 'all', author_id: amber.email },
        },
      ],
    ]
    const statuses: number[] = []
    await nothingFor(async () => {
      for (const [action, payload] of news) statuses.push(await sandbox.deliverWebhook(action, payload))
    })
    expect(statuses).toEqual(news.map(() => 200))
  })

  it('of a session that has ended', async () => {
    await open()
    const [first, second] = [await say('one'), await say('two')]
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    const mark = sandbox.ledger.mark()
    expect(await edit(first, 'uno')).toEqual([])
    expect(await remove(second)).toEqual([])
    // The plugin has released the conversation. The bot would hear what is said there now.
    expect(sandbox.ledger.since(mark, { kind: 'effect', name: 'dropped_after_end' })).toEqual([])
  })

  it('if they are switched off', async () => {
    await open({ configuration: { announceChanges: false } })
    const [first, second] = [await say('one'), await say('two')]
    const mark = sandbox.ledger.mark()
    expect(await edit(first, 'uno')).toEqual([])
    expect(await remove(second)).toEqual([])
    expect(callsSince(mark)).toEqual([])
  })
})

describe('a deletion', () => {
  it('of a picture, or of a message that was corrected before, is said like that of a text', async () => {
    await open()
    const picture = sandbox.livechat.desk.sendFile(talk.chatId, amber.email, {
      name: 'a.png',
      contentType: 'image/png',
      bytes: png,
    })
    await sandbox.settle()
    expect(await remove(picture)).toEqual([removed])
    const text = await say('at 5')
    await edit(text, 'at 6')
    expect(await remove(text)).toEqual([removed])
  })

  it('is said once, whichever process gets the webhook', async () => {
    await open()
    const eventId = await say('Hello')
    expect(await remove(eventId)).toEqual([removed])
    await sandbox.integration.restart()
    expect(await userSeesMore(sandbox, talk, () => tellDeleted(eventId))).toEqual([])
  })
})

describe('the texts about corrections and deletions', () => {
  it('are in the language of the session', async () => {
    sandbox = await startSandbox()
    addWebhooks(sandbox, ['event_updated', 'event_deleted'])
    talk = await startTalk(sandbox, { start: { title: 'Kessel', hitlSession: { language: 'de' } } })
    const eventId = await say('um 5')
    expect(await edit(eventId, 'um 6')).toEqual(['text Korrektur: um 6'])
    expect(await remove(eventId)).toEqual(['text Eine Nachricht des Mitarbeiters wurde entfernt.'])
  })

  it('can be replaced', async () => {
    await open({ configuration: { texts: { correction: 'I meant:', messageDeleted: 'Forget that.' } } })
    const eventId = await say('at 5')
    expect(await edit(eventId, 'at 6')).toEqual(['text I meant: at 6'])
    expect(await remove(eventId)).toEqual(['text Forget that.'])
  })
})
