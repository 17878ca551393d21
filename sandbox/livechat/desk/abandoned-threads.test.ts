import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AMBER, BIRCH, dig, startBench, type Bench, type Json, type TestCustomer } from '../test-bench'

const MINUTE_MS = 60_000

let bench: Bench
let who: TestCustomer
beforeEach(async () => {
  bench = await startBench()
  who = await bench.customer()
  for (const action of [
    ...['incoming_event', 'chat_deactivated', 'chat_transferred', 'chat_access_updated'],
    ...['user_added_to_chat', 'user_removed_from_chat'],
  ]) {
    bench.webhook(action)
  }
})
afterEach(() => bench.close())

const start = async (body: Json = {}, customer = who): Promise<string> => {
  const answer = await bench.call(customer, 'start_chat', body)
  expect(answer.status, answer.text).toBe(200)
  return String(answer.body['chat_id'])
}
const settle = () => bench.livechat.settle()
const chatOf = (chatId: string) => bench.livechat.desk.chats().find((chat) => chat.chatId === chatId)
const systemMessages = (): unknown[] =>
  bench.payloads('incoming_event').flatMap(({ event }) => dig(event, 'system_message_type') ?? [])

describe('a thread that nobody closes', () => {
  it('is closed after 30 minutes without messages, and no user is named', async () => {
    const chatId = await start()
    await bench.clock.advance(29 * MINUTE_MS)
    bench.livechat.desk.say(chatId, AMBER, 'Still there?')
    await bench.clock.advance(30 * MINUTE_MS - 1)
    expect(chatOf(chatId)?.state).toBe('assigned')
    await bench.clock.advance(1)
    expect(chatOf(chatId)?.state).toBe('closed')
    expect(systemMessages()).toEqual(['routing.archived_inactive'])
    expect(bench.payloads('chat_deactivated')).toEqual([{ chat_id: chatId, thread_id: chatOf(chatId)?.threadId }])
  })

  it('is closed sooner in continuous chats if the license says so', async () => {
    bench.livechat.license.setProperty('chats', 'archive_offline_chat_after_min', 10)
    const chatId = await start({ continuous: true })
    const other = await bench.customer()
    const ordinary = await start({}, other)
    await bench.clock.advance(10 * MINUTE_MS)
    expect(chatOf(chatId)?.state).toBe('closed')
    expect(chatOf(ordinary)?.state).toBe('assigned')
  })

  it('is closed after the time that the knob sets', async () => {
    bench.livechat.knobs.inactivityMs = 2 * MINUTE_MS
    const chatId = await start()
    await bench.clock.advance(2 * MINUTE_MS)
    expect(chatOf(chatId)?.state).toBe('closed')
  })

  it('goes to another agent when its agent signs out, and is closed when the last one does', async () => {
    const { license, desk } = bench.livechat
    const chatId = await start()
    license.addAgent({ email: BIRCH, name: 'Agent Birch' })
    desk.setStatus(AMBER, 'offline')
    expect(chatOf(chatId)?.agentIds).toEqual([BIRCH])
    desk.setStatus(BIRCH, 'offline')
    expect(chatOf(chatId)?.state).toBe('closed')
    await settle()
    expect(systemMessages()).toEqual(['routing.assigned_signed_out', 'routing.archived_signed_out'])
    expect(bench.payloads('chat_transferred')[0]).toMatchObject({ reason: 'assigned' })
    expect(bench.payloads('chat_deactivated')[0]).not.toHaveProperty('user_id')
  })

  it('waits in a continuous chat when the last agent signs out', async () => {
    const chatId = await start({ continuous: true })
    bench.livechat.desk.setStatus(AMBER, 'offline')
    expect(chatOf(chatId)?.state).toBe('queued')
    await settle()
    expect(systemMessages()).toEqual(['routing.unassigned_signed_out'])
    expect(bench.payloads('chat_transferred')[0]).toMatchObject({ reason: 'unassigned', queue: { position: 1 } })
  })

  it('is closed while it waits in line when all agents become unavailable', async () => {
    bench.livechat.knobs.autoAssign = false
    const chatId = await start()
    bench.livechat.desk.setStatus(AMBER, 'not_accepting_chats')
    expect(chatOf(chatId)?.state).toBe('closed')
    await settle()
    expect(systemMessages()).toEqual(['routing.archived_offline'])
  })

  it('is closed when the customer is banned', async () => {
    await start()
    bench.livechat.license.banCustomer(who.id)
    await settle()
    expect(systemMessages()).toEqual(['customer_banned'])
    expect(bench.payloads('chat_deactivated')).toHaveLength(1)
  })

  it('goes to another agent when its agent stays silent', async () => {
    const { license, desk } = bench.livechat
    const chatId = await start()
    license.addAgent({ email: BIRCH, name: 'Agent Birch' })
    desk.reassignForInactivity(chatId)
    await settle()
    expect(chatOf(chatId)?.agentIds).toEqual([BIRCH])
    expect(bench.payloads('chat_transferred')[0]).toMatchObject({ reason: 'inactive' })
  })
})
