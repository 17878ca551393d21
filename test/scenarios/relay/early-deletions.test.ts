import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { addWebhooks, userSeesMore } from '../../helpers/content'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** A message that was deleted before its webhook arrived must not be relayed as if it still existed. */

let sandbox: Sandbox
let talk: Talk

const open = async (configuration: Record<string, unknown> = {}): Promise<void> => {
  sandbox = await startSandbox({ configuration })
  addWebhooks(sandbox, ['event_deleted', 'event_updated'])
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  for (const { id, action } of sandbox.livechat.webhooks.list())
    if (action === 'incoming_event') sandbox.livechat.webhooks.remove(id)
}

/** The agent writes a message and deletes it before the message's webhook arrives. Returns that webhook's payload. */
const saidAndDeleted = async (): Promise<Record<string, unknown>> => {
  const { desk } = sandbox.livechat
  const eventId = desk.say(talk.chatId, amber.email, 'Your password is 1234')
  const entry = desk.transcript(talk.chatId).find((each) => each.eventId === eventId)
  const event = structuredClone(entry?.event)
  desk.deleteEvent(talk.chatId, amber.email, eventId)
  await sandbox.settle()
  return { chat_id: talk.chatId, thread_id: talk.threadId, event }
}

const arrives = (action: string, payload: Record<string, unknown>) => () =>
  sandbox.deliverWebhook(action, payload).then((status) => expect(status).toBe(200))

const agentArrives = (text: string): Promise<string[]> => {
  const { desk } = sandbox.livechat
  const eventId = desk.say(talk.chatId, amber.email, text)
  const event = desk.transcript(talk.chatId).find((each) => each.eventId === eventId)?.event
  const payload = { chat_id: talk.chatId, thread_id: talk.threadId, event }
  return userSeesMore(sandbox, talk, arrives('incoming_event', payload))
}

const isNeverShown = async (restarts: boolean): Promise<void> => {
  const late = await saidAndDeleted()
  if (restarts) await sandbox.integration.restart()
  expect(await userSeesMore(sandbox, talk, arrives('incoming_event', late))).toEqual([])
  expect(await userSeesMore(sandbox, talk, arrives('event_updated', late))).toEqual([])
}

describe('a message that arrives after its deletion', () => {
  beforeAll(() => open())
  afterAll(() => sandbox.close())

  it.each([
    ['the same process', false],
    ['a new process', true],
  ])('is never relayed by %s', (_, restarts) => isNeverShown(restarts))

  it('holds no other message up, and warm messages still cost one call', async () => {
    await agentArrives('Never mind')
    await saidAndDeleted()
    const mark = sandbox.ledger.mark()
    expect(await agentArrives('What I meant')).toEqual(['text What I meant'])
    const calls = sandbox.ledger.since(mark, { kind: 'call' }).map(({ name }) => name)
    expect(calls.filter((name) => name !== 'webhook/receive')).toEqual(['POST /v1/chat/messages/get-or-create'])
  })

  it('is not relayed at the end either', async () => {
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(1_000)
    expect(talk.user.session.active).toBe(false)
    expect(talk.userSees().join()).not.toContain('1234')
  })
})

describe('if deletions are not said', () => {
  beforeAll(() => open({ announceChanges: false }))
  afterAll(() => sandbox.close())

  it('a message that arrives after its deletion is still not relayed', () => isNeverShown(false))
})
