import { visibility } from '../../content/to-end-user/visibility'
import type { LiveChatChat, LiveChatQueue, LiveChatUser } from '../../livechat/schema'
import { mayLaterSucceed, unlessRefused } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import { agentUserOf } from '../agents/agent-users'
import { applyNews } from '../agents/announce-agent'
import { reportWaiting, reportWaitingAtStart } from '../agents/queue'
import { endSession, type Ending } from '../end/end-session'
import { lastAgentOf } from '../holder'
import { readThread } from '../read-thread'
import { listDelivered } from '../relay/delivered-messages'
import { relayFromRead } from '../relay/relay-event'
import type { Session } from '../session'
import { lookUpSession } from '../session-store'

/**
 * Applies what the first read of a thread shows: an agent who is already there, messages, the end of the session, or
 * that the session waits.
 */
export const applyFirstRead = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  const [[first]] = await Promise.all([presentAgentUsers(scope, chat), refreshIfAgent(scope, session, chat)])
  if (first !== undefined && session.holder.kind === 'nobody')
    await applyNews(scope, session, { kind: 'agentHasIt', userId: first })
  const relayed = await relayMissing(scope, session, chat, new Set())
  if (!chat.thread.active) {
    const counts = { messagesFromEndUser: 0, messagesFromAgents: relayed }
    await endSession(scope, session, { chat, counts })
  } else if (first === undefined) {
    const reason = chat.thread.queue ? 'allAgentsBusy' : 'noAgentYet'
    await reportWaitingAtStart(scope, session, reason, chat.thread.queue)
  }
}

/**
 * Looks up the session if an agent is present: LiveChat has sent webhooks since it opened the thread, so another
 * process may have announced that agent.
 */
const refreshIfAgent = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  if (presentAgents(chat).length > 0) await lookUpSession(scope, session)
}

/**
 * Reads the thread and relays, in order, what webhooks did not bring. The messages have the same keys as if webhooks
 * had brought them, so that none is created twice.
 * @returns the chat as we read it, and the number of messages in the conversation after this
 */
export const applyThread = async (
  scope: Scope,
  session: Session,
): Promise<{ chat: LiveChatChat } & Required<Pick<Ending, 'counts'>>> => {
  const [chat, { eventIds, ...counts }] = await Promise.all([readThread(scope, session), listDelivered(scope, session)])
  const present = await presentAgentUsers(scope, chat)
  const [first] = present
  const isAnnouncedThere = session.holder.kind === 'agent' && present.includes(session.holder.userId)
  if (first !== undefined && !isAnnouncedThere && !(await hasSameName(scope, session, first)))
    await applyNews(scope, session, { kind: 'agentHasIt', userId: first })
  const relayed = await relayMissing(scope, session, chat, eventIds)
  if (chat.thread.active && chat.thread.queue && first === undefined)
    await applyQueue(scope, session, chat.thread.queue)
  return { chat, counts: { ...counts, messagesFromAgents: counts.messagesFromAgents + relayed } }
}

/**
 * Whether the announced agent and another user have the same name. A webhook may have announced an agent by e-mail. A
 * read then creates a second user for this agent. Both users exist until an event shows the e-mail and the id together.
 * The end user must not see the same name announced twice.
 */
const hasSameName = async (scope: Scope, { holder }: Session, userId: string): Promise<boolean> => {
  if (holder.kind !== 'agent') return false
  const [announced, present] = await Promise.all([nameOf(scope, holder.userId), nameOf(scope, userId)])
  return announced !== undefined && announced === present
}

const nameOf = async (scope: Scope, id: string): Promise<string | undefined> =>
  (await unlessRefused(scope.client.getUser({ id })))?.user.name

/** Applies the news that the session waits. The webhook about the agent who passed it back may have been lost. */
const applyQueue = async (scope: Scope, session: Session, queue: LiveChatQueue): Promise<void> => {
  const hadAgent = lastAgentOf(session.holder) !== undefined
  await reportWaiting(scope, session, hadAgent ? 'transferred' : 'allAgentsBusy', queue)
  const occasion = queue.queued_at ?? queue.queued_at_us
  await applyNews(scope, session, { kind: 'backInQueue' }, { occasion })
}

/** The agents who are present in an open thread. Customers do not see supervisors. */
export const presentAgents = ({ thread, users }: LiveChatChat): LiveChatUser[] =>
  thread.active ? users.filter(({ type, present }) => type === 'agent' && present === true) : []

/** The Botpress users of the present agents. */
const presentAgentUsers = async (scope: Scope, chat: LiveChatChat): Promise<string[]> => {
  const userIds: string[] = []
  for (const { id } of presentAgents(chat)) userIds.push(await agentUserOf(scope, id, chat.users))
  return userIds
}

/** @returns the number of messages that it relayed, or that another delivery relayed meanwhile */
const relayMissing = async (
  scope: Scope,
  session: Session,
  chat: LiveChatChat,
  alreadyRelayed: ReadonlySet<string>,
): Promise<number> => {
  let relayed = 0
  for (const event of chat.thread.events) {
    if (alreadyRelayed.has(event.id) || event.author_id === session.livechatCustomerId) continue
    if (chat.users.some(({ id, type }) => id === event.author_id && type === 'customer')) continue
    const verdict = visibility(event, 'customer-read')
    if (!verdict.relay) continue
    try {
      await relayFromRead(scope, session, { event, ...verdict }, chat.users)
      relayed += 1
    } catch (error) {
      if (mayLaterSucceed(error)) throw error
      // Botpress will never accept this message. It must not hold back the others for ever.
      const { conversationId } = session
      scope.log.error('event_refused_by_botpress', { conversationId, livechatEventId: event.id })
    }
  }
  return relayed
}
