import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../sandbox/start-sandbox'
import { sendHome } from '../helpers/bot-events'
import { startTalk, talkOf, type Talk } from '../helpers/talk'

let sandbox: Sandbox
const desk = () => sandbox.livechat.desk
const minuteMs = 60_000

describe('a person who comes back', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({
      configuration: { groupId: 0, resumeWithinMinutes: 10 },
      // Where nobody may read why a chat was closed, it is known to be inactivity only if an agent had it.
      livechatKnobs: { closingRemarksForAgentsOnly: false },
    })
    sandbox.livechat.license.addGroup({ id: 5, name: 'Support' })
  })
  afterAll(() => sandbox.close())

  const groupsOf = ({ chatId }: Talk): number[] | undefined =>
    desk()
      .chats()
      .find((chat) => chat.chatId === chatId)?.groupIds
  const forgotten = () => sandbox.advance(31 * minuteMs)
  const comeBack = async ({ user }: Talk, hitlSession: Record<string, unknown> = {}): Promise<Talk> => {
    expect(user.session.active).toBe(false)
    await user.askForHuman({ title: 'Back again', hitlSession })
    await sandbox.settle()
    await sandbox.advance(10_000)
    return talkOf(sandbox, user)
  }

  const rows: [string, (talk: Talk) => unknown, number, Record<string, unknown>, number][] = [
    ['soon after LiveChat closed for inactivity goes to the same group', forgotten, 8, {}, salesGroup.id],
    ['later than that does not', forgotten, 11, {}, 0],
    ['to a group that the bot names goes there', forgotten, 1, { groupId: 5 }, 5],
    ['after the agent closed does not', ({ chatId }) => desk().close(chatId, amber.email), 1, {}, 0],
    ['after they ended it themselves does not', ({ user }) => user.end(), 1, {}, 0],
  ]
  it.each(rows)('%s', async (_, end, minutesLater, hitlSession, groupId) => {
    desk().setStatus(birch.email, 'not_accepting_chats')
    const talk = await startTalk(sandbox, { start: { title: 'Buy', hitlSession: { groupId: salesGroup.id } } })
    await end(talk)
    await sandbox.settle()
    await sandbox.advance(minutesLater * minuteMs)
    const next = await comeBack(talk, hitlSession)
    expect(groupsOf(next)).toEqual([groupId])
    // The same customer in LiveChat, with the earlier thread above the new one.
    expect(next.chatId).toBe(talk.chatId)
    expect(next.threadId).not.toBe(talk.threadId)
    desk().close(next.chatId, amber.email)
    await sandbox.settle()
  })

  it('is where their last session was, not an earlier one', async () => {
    const talk = await startTalk(sandbox, { start: { title: 'Buy', hitlSession: { groupId: salesGroup.id } } })
    await forgotten()
    const second = await comeBack(talk, { groupId: 5 })
    await forgotten()
    expect(groupsOf(await comeBack(second))).toEqual([5])
  })
})

describe('checkAvailability', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ configuration: { whenOffline: 'fail' } })
    const { license } = sandbox.livechat
    license.addGroup({ id: 5, name: 'Support' })
    license.addAgent({ email: 'cedar@example.com', name: 'Agent Cedar', groupIds: [5], status: 'offline', maxChats: 1 })
  })
  afterAll(() => sandbox.close())
  const check = (input: { groupId?: number } = {}) => sandbox.installation.runAction('checkAvailability', input)
  const statuses = async (input: { groupId?: number } = {}) => {
    const { status, canStart, groups } = await check(input)
    return [status, canStart, groups]
  }

  it('tells of each group, and of the best one, as LiveChat names them', async () => {
    const each = (...all: string[]) => all.map((status, at) => ({ groupId: [0, salesGroup.id, 5][at], status }))
    expect(await statuses()).toEqual(['online', true, each('online', 'online', 'offline')])
    expect(await statuses({ groupId: 5 })).toEqual(['offline', false, [{ groupId: 5, status: 'offline' }]])
    expect(await statuses({ groupId: 0 })).toEqual(['online', true, [{ groupId: 0, status: 'online' }]])
    desk().setStatus('cedar@example.com', 'accepting_chats')
    await startTalk(sandbox, { start: { title: 'Full', hitlSession: { groupId: 5 } } })
    expect(await statuses({ groupId: 5 })).toEqual([
      'online_for_queue',
      true,
      [{ groupId: 5, status: 'online_for_queue' }],
    ])
    sendHome(sandbox, amber.email, birch.email)
    expect(await statuses()).toMatchObject(['online_for_queue', true, {}])
  })

  it('asks LiveChat once, in a new process too, and makes no customer', async () => {
    const customers = sandbox.livechat.license.customers().length
    for (const isNew of [false, true]) {
      if (isNew) await sandbox.integration.restart()
      const mark = sandbox.ledger.mark()
      await check({ groupId: 5 })
      const calls = sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' })
      const statuses = ['customer/list_group_statuses']
      // A process that was told another region asks there.
      const isSentOn = calls[0]?.status !== 200 && sandbox.livechat.knobs.region !== 'none'
      expect(calls.map(({ name }) => name)).toEqual(isSentOn ? [...statuses, ...statuses] : statuses)
    }
    expect(sandbox.livechat.license.customers()).toHaveLength(customers)
  })

  it('goes on, as another customer, when LiveChat has forgotten the one with which it asks', async () => {
    await check()
    const { license } = sandbox.livechat
    for (const { id } of license.customers()) license.forgetIdentity(id)
    license.expireTokens()
    expect(await check({ groupId: 5 })).toMatchObject({ groups: [{ groupId: 5 }] })
    const mark = sandbox.ledger.mark()
    await check({ groupId: 5 })
    expect(sandbox.ledger.since(mark, { side: 'livechat', kind: 'call', name: 'accounts/token' })).toEqual([])
  })

  it('says so when there is no such group, as a start would', async () => {
    await expect(check({ groupId: 77 })).rejects.toThrow(/LiveChat has no group 77/)
  })
})
