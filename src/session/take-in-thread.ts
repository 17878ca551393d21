import { classify } from '../content/classify'
import type { LiveChatChat, LiveChatQueue, LiveChatUser } from '../livechat/schema'
import { agentOfRead } from './agents'
import { takeIn, takeInFirstAgent, takeInSpeaker } from './assignment'
import { endSession, type Ending } from './end-session'
import { lastAgentOf } from './lifecycle'
import { noteOpenChoice } from './open-choice'
import { isNotFound, isPlatformFaultTransient } from './platform-call'
import { readThread } from './read-thread'
import { relayToBotpress } from './relay'
import { listRelayed } from './relayed'
import type { Scope } from './scope'
import type { Session } from './session'
import { findSession, lookUpSession } from './sessions'
import { reportWaiting, reportWaitingAtStart } from './waiting'

/** What a first read shows: an agent who is there already, words, even the end, or that the chat waits. */
export const takeInFirstRead = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  const [present] = await Promise.all([presentAgents(scope, chat), refreshIfAgent(scope, session, chat)])
  const [first] = present
  if (first !== undefined) await takeInFirstAgent(scope, session, first)
  const relayed = await relayMissing(scope, session, chat, new Set())
  if (!chat.thread.active) {
    const counts = { messagesFromEndUser: 0, messagesFromAgents: relayed }
    await endSession(scope, session, { chat, counts })
  } else if (first === undefined) {
    const reason = chat.thread.queue ? 'allAgentsBusy' : 'noAgentYet'
    await reportWaitingAtStart(scope, session, reason, chat.thread.queue)
  }
}

/** LiveChat has been telling other workers of an agent ever since it opened the thread: they may have announced them. */
const refreshIfAgent = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  if (visibleAgents(chat).length > 0) await lookUpSession(scope, session.livechatChatId, session.livechatThreadId)
}

/**
 * Reads the thread and relays, in order, what webhooks did not bring. Same event ids, so nothing doubles.
 * @returns the chat as read, and how many messages the conversation then holds
 */
export const takeInThread = async (
  scope: Scope,
  session: Session,
): Promise<Required<Pick<Ending, 'chat' | 'counts'>>> => {
  const [chat, { eventIds, ...counts }] = await Promise.all([readThread(scope, session), listRelayed(scope, session)])
  const present = await presentAgents(scope, chat)
  const [first] = present
  const isAnnouncedThere = session.holder.kind === 'agent' && present.includes(session.holder.userId)
  if (first !== undefined && !isAnnouncedThere && !(await isNamedAlike(scope, session, first)))
    await takeIn(scope, session, { kind: 'agentHasIt', userId: first })
  const relayed = await relayMissing(scope, session, chat, eventIds)
  if (chat.thread.active && chat.thread.queue && first === undefined)
    await takeInQueue(scope, session, chat.thread.queue)
  return { chat, counts: { ...counts, messagesFromAgents: counts.messagesFromAgents + relayed } }
}

/**
 * A read may make a second user of an agent whom a webhook has announced by e-mail, before any event of theirs joined the
 * two: to the end user the same name is no news.
 */
const isNamedAlike = async (scope: Scope, { holder }: Session, userId: string): Promise<boolean> => {
  if (holder.kind !== 'agent') return false
  const [announced, present] = await Promise.all([nameOf(scope, holder.userId), nameOf(scope, userId)])
  return announced !== undefined && announced === present
}

const nameOf = async (scope: Scope, id: string): Promise<string | undefined> => {
  try {
    return (await scope.client.getUser({ id })).user.name
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** The chat waits; that an agent has passed it back may be news that was lost. */
const takeInQueue = async (scope: Scope, asked: Session, queue: LiveChatQueue): Promise<void> => {
  const ids = [asked.livechatChatId, asked.livechatThreadId] as const
  const session = (await findSession(scope, ...ids)) ?? asked
  const hadAgent = lastAgentOf(session.holder) !== undefined
  await reportWaiting(scope, session, hadAgent ? 'transferred' : 'allAgentsBusy', queue)
  const occasion = queue.queued_at ?? queue.queued_at_us
  await takeIn(scope, (await findSession(scope, ...ids)) ?? asked, { kind: 'backInQueue' }, { occasion })
}

/** The agents who are in an open thread. A supervisor is not visible to customers. */
const visibleAgents = ({ thread, users }: LiveChatChat): LiveChatUser[] =>
  thread.active ? users.filter(({ type, present }) => type === 'agent' && present === true) : []

/** Their Botpress users. */
const presentAgents = async (scope: Scope, chat: LiveChatChat): Promise<string[]> => {
  const userIds: string[] = []
  for (const { id } of visibleAgents(chat)) userIds.push(await agentOfRead(scope, id, chat.users))
  return userIds
}

const relayMissing = async (
  scope: Scope,
  session: Session,
  chat: LiveChatChat,
  alreadyRelayed: ReadonlySet<string>,
): Promise<number> => {
  let relayed = 0
  for (const event of chat.thread.events) {
    if (alreadyRelayed.has(event.id)) continue
    const verdict = classify(event, session.livechatCustomerId, 'customer-read', scope.settings)
    if (!verdict.relay) continue
    try {
      const userId = await relayToBotpress(scope, session, event.id, verdict.message, async () => ({
        userId: await agentOfRead(scope, verdict.authorId, chat.users),
      }))
      await takeInSpeaker(scope, session, userId)
      await noteOpenChoice(scope, session, event)
      relayed += 1
    } catch (error) {
      if (isPlatformFaultTransient(error)) throw error
      // The platform will never take this one: it must not keep back the others for ever.
      scope.log.error('event_can_never_be_relayed', { livechatEventId: event.id })
    }
  }
  return relayed
}
