import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { startTalk, userSays, type Talk } from '../../helpers/talk'

/** LiveChat reports an end by several webhooks, which keep no order. Neither end users nor agents may notice that. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** LiveChat sends no webhooks here. The tests deliver its webhooks in the order that they need. */
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({
    // The platform keeps its order here. If it let an end overtake a last message, that would be another test's matter.
    botpressKnobs: { processingOrder: 'creation' },
    ...options,
  })
  for (const { id } of sandbox.livechat.webhooks.list()) sandbox.livechat.webhooks.remove(id)
  sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
}

type Reason = 'agent' | 'endUserOrBot' | 'inactivity' | 'routing' | 'banned'
type Ending = { close: (talk: Talk) => Promise<void> | void; closedBy?: 'agent' | 'customer' }
const desk = () => sandbox.livechat.desk
const endings: Record<Reason, Ending> = {
  agent: { close: ({ chatId }) => desk().close(chatId, amber.email), closedBy: 'agent' },
  endUserOrBot: { close: ({ user }) => user.end(), closedBy: 'customer' },
  inactivity: { close: ({ chatId }) => desk().closeBySystem(chatId, 'routing.archived_inactive') },
  routing: { close: ({ chatId }) => desk().closeBySystem(chatId, 'routing.archived_signed_out') },
  banned: { close: ({ chatId }) => desk().closeBySystem(chatId, 'customer_banned') },
}
const reasons = Object.keys(endings) as Reason[]

/** `remark`: LiveChat's system message with the reason. `left`: the agent is no longer in the chat. */
const news = ['deactivated', 'lastWords', 'left', 'remark'] as const
type News = (typeof news)[number]

const webhooks = (talk: Talk, ending: Ending): Record<News, [action: string, payload: Record<string, unknown>]> => {
  const ids = { chat_id: talk.chatId, thread_id: talk.threadId }
  const events = desk()
    .transcript(talk.chatId)
    .map(({ event }) => event)
  const customerId = desk()
    .chats()
    .find(({ chatId }) => chatId === talk.chatId)?.customer.id
  const closedBy = ending.closedBy && (ending.closedBy === 'agent' ? amber.email : customerId)
  return {
    deactivated: ['chat_deactivated', { ...ids, ...(closedBy ? { user_id: closedBy } : {}) }],
    lastWords: ['incoming_event', { ...ids, event: events.find(({ text }) => text === 'Goodbye') }],
    left: ['user_removed_from_chat', { ...ids, user_id: amber.email, reason: 'manual' }],
    remark: ['incoming_event', { ...ids, event: events.findLast(({ type }) => type === 'system_message') }],
  }
}

/**
 * Starts a session that LiveChat closes for this reason right after the agent's last message. No webhook reports either
 * yet.
 */
const closedTalk = async (ending: Ending): Promise<Talk> => {
  const talk = await startTalk(sandbox)
  desk().say(talk.chatId, amber.email, 'Hello')
  const [hello] = desk().transcript(talk.chatId).slice(-1)
  const ids = { chat_id: talk.chatId, thread_id: talk.threadId }
  await sandbox.deliverWebhook('incoming_event', { ...ids, event: hello?.event })
  desk().say(talk.chatId, amber.email, 'Goodbye')
  await ending.close(talk)
  await sandbox.settle()
  return talk
}

const tell = async (talk: Talk, ending: Ending, order: readonly News[]): Promise<number[]> => {
  const told = webhooks(talk, ending)
  const statuses: number[] = []
  for (const each of order) statuses.push(await sandbox.deliverWebhook(...told[each]))
  return statuses
}

const endedEvents = ({ conversationId }: Talk) =>
  botEvents(sandbox, 'hitlSessionEnded').filter(({ hitlConversationId }) => hitlConversationId === conversationId)

/** Generated orders, in which some webhooks come twice. They are the same in each run. */
const orders = (what: readonly News[], seed: number): News[][] =>
  fc.sample(
    fc
      .tuple(
        fc.shuffledSubarray([...what], { minLength: what.length }),
        fc.array(fc.constantFrom(...what), { maxLength: 1 }),
      )
      .map(([once, again]) => [...once, ...again]),
    { numRuns: 2, seed },
  )

const expectProperEnd = async (reason: Reason, order: News[], expected: string): Promise<void> => {
  const ending = endings[reason]
  const talk = await closedTalk(ending)
  const statuses = await tell(talk, ending, order)
  await sandbox.settle()
  await sandbox.advance(5_000)
  const told = `${reason}: ${order.join(', ')}`
  expect(statuses, told).toEqual(order.map(() => 200))
  const agentUserId = sandbox.installation.users().find(({ name }) => name === amber.name)?.id
  // An end user who ended the session is shown nothing more, because the plugin has released the conversation.
  const isOwnEnd = reason === 'endUserOrBot'
  expect(talk.userSees(), told).toEqual([
    `bot: ${pluginTexts.handoff}`,
    `bot: ${pluginTexts.agentAssigned}`,
    'Agent Amber: Hello',
    ...(isOwnEnd ? ['me: /end'] : ['Agent Amber: Goodbye']),
    `bot: ${isOwnEnd ? pluginTexts.closedByUser : pluginTexts.stoppedByAgent}`,
  ])
  expect(talk.user.session.active, told).toBe(false)
  expect(endedEvents(talk), told).toHaveLength(1)
  expect(endedEvents(talk)[0], told).toMatchObject({
    reason: expected,
    agentUserId,
    ...(isOwnEnd ? {} : { groupId: 0, messagesFromAgents: 2, messagesFromEndUser: 0 }),
  })
}

describe('in whatever order an end is reported, both sides see the same and the flows get the reason', () => {
  const rows: [string, boolean, readonly News[]][] = [
    ['with remarks that everybody may read', false, news],
    ['with remarks for agents only', true, news],
    ['by the three webhooks of the guide alone', true, ['deactivated', 'lastWords']],
  ]
  it.each(rows)('%s', async (_, closingRemarksForAgentsOnly, what) => {
    await open({ livechatKnobs: { closingRemarksForAgentsOnly, closingRemarkAs: 'system_message' } })
    for (const [index, reason] of reasons.entries()) {
      for (const order of orders(what, index)) {
        // LiveChat says who closed the thread. If nobody did and nothing gives a reason, inactivity is assumed.
        const isInThread = !closingRemarksForAgentsOnly && reason !== 'banned'
        const isKnown = endings[reason].closedBy ?? (isInThread || isBefore(order, 'remark', 'deactivated'))
        await expectProperEnd(reason, order, isKnown ? reason : 'inactivity')
      }
    }
  })
})

const isBefore = (order: News[], first: News, second: News): boolean =>
  order.includes(first) && order.indexOf(first) < order.indexOf(second)

describe('an end that LiveChat reports while the end user writes', () => {
  it('is reported once, whichever comes first, with the reason that the thread shows', async () => {
    await open({ livechatKnobs: { closingRemarksForAgentsOnly: false } })
    for (const [index, order] of orders(news, 4).entries()) {
      const talk = await closedTalk(endings.agent)
      // LiveChat refuses the message either at once or after its webhooks have arrived.
      const effect = { kind: 'delay', delayMs: 80 * index } as const
      sandbox.faults.livechat.add({ route: 'customer/send_event', effect })
      await Promise.all([userSays(sandbox, talk.user, 'Thanks!'), tell(talk, endings.agent, order)])
      await sandbox.settle()
      await sandbox.advance(5_000)
      expect(endedEvents(talk), order.join()).toHaveLength(1)
      expect(endedEvents(talk)[0]).toMatchObject({ reason: 'agent', messagesFromAgents: 2 })
      const sees = talk.userSees()
      for (const line of ['Agent Amber: Goodbye', `bot: ${pluginTexts.stoppedByAgent}`])
        expect(sees.filter((each) => each === line)).toHaveLength(1)
    }
  })

  it('is a failure only if nothing gives the reason', async () => {
    await open({ livechatKnobs: { closingRemarksForAgentsOnly: true } })
    const talk = await closedTalk(endings.agent)
    await userSays(sandbox, talk.user, 'Thanks!')
    await sandbox.advance(5_000)
    expect(endedEvents(talk)).toMatchObject([{ reason: 'failure', messagesFromAgents: 2 }])
    expect(await tell(talk, endings.agent, ['deactivated', 'lastWords'])).toEqual([200, 200])
    await sandbox.advance(5_000)
    expect(endedEvents(talk)).toHaveLength(1)
  })
})

describe('an agent whom nothing but their last message names', () => {
  it.each<News[][]>([[['deactivated', 'lastWords']], [['lastWords', 'deactivated']]])(
    'is named in the end’s details, in the order %j',
    async (order) => {
      await open({ livechatKnobs: { autoAssign: false, closingRemarksForAgentsOnly: true } })
      const talk = await startTalk(sandbox, { pickUpBy: amber.email })
      desk().say(talk.chatId, amber.email, 'Goodbye')
      await endings.inactivity.close(talk)
      await tell(talk, endings.inactivity, order)
      await sandbox.settle()
      await sandbox.advance(5_000)
      const agentUserId = sandbox.installation.users().find(({ name }) => name === amber.name)?.id
      expect(endedEvents(talk)).toMatchObject([{ reason: 'inactivity', agentUserId, messagesFromAgents: 1 }])
      expect(talk.userSees()).toContain('Agent Amber: Goodbye')
    },
  )
})
