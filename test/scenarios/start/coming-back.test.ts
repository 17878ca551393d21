import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { startTalk, talkOf, type Talk } from '../../helpers/talk'

let sandbox: Sandbox
const desk = () => sandbox.livechat.desk
const minuteMs = 60_000

describe('an end user who comes back', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({
      configuration: { groupId: 0, resumeWithinMinutes: 10 },
      // If nobody may read why a thread was closed, inactivity is assumed only if an agent had it.
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

  it('goes to the group of their last session, not of an earlier one', async () => {
    const talk = await startTalk(sandbox, { start: { title: 'Buy', hitlSession: { groupId: salesGroup.id } } })
    await forgotten()
    const second = await comeBack(talk, { groupId: 5 })
    await forgotten()
    expect(groupsOf(await comeBack(second))).toEqual([5])
  })
})

describe('an end user who comes back soon after LiveChat closed the thread for inactivity', () => {
  afterEach(() => sandbox.close())

  it.each([
    [10, salesGroup.id],
    [0, 0],
  ])('goes to the same group if resumeWithinMinutes is %i', async (resumeWithinMinutes, groupId) => {
    sandbox = await startSandbox({ configuration: { groupId: 0, resumeWithinMinutes } })
    const talk = await startTalk(sandbox, { start: { title: 'Buy', hitlSession: { groupId: salesGroup.id } } })
    await sandbox.advance(31 * 60_000)
    expect(talk.user.session.active).toBe(false)
    await talk.user.askForHuman({ title: 'Back again' })
    await sandbox.settle()
    const next = talkOf(sandbox, talk.user)
    expect(sandbox.livechat.desk.chats().find(({ chatId }) => chatId === next.chatId)?.groupIds).toEqual([groupId])
  })
})
