import { isApiError } from '@botpress/sdk'
import { classify } from '../content/classify'
import { LiveChatError } from '../livechat/errors'
import type { LiveChatChat, LiveChatQueue, LiveChatUser } from '../livechat/schema'
import { DeadlineExceededError, withDeadline } from '../shared/deadline'
import { agentOfRead } from './agents'
import { takeIn, takeInFirstAgent, takeInSpeaker } from './assignment'
import { endSession, type Ending } from './end-session'
import { lastAgentOf } from './lifecycle'
import { noteOpenChoice } from './open-choice'
import { relayToBotpress } from './relay'
import { isNotFound, isPlatformFaultTransient } from './platform-call'
import { readThread } from './read-thread'
import { listRelayed } from './relayed'
import type { Scope } from './scope'
import type { Session } from './session'
import { findSession, lookUpSession } from './sessions'
import { inThreadTurn } from './thread-turn'
import { reportWaiting, reportWaitingAtStart } from './waiting'

/** With what comes before it well within the plugin's drop window, which ends 5 s after the conversation's creation. */
const firstReadBudgetMs = 2_500

/**
 * Reads the thread of a session that is being started, and takes in what happened before our conversation existed: an
 * agent who is there already, words, even the end. A read that fails or takes too long does not hold up the start: the
 * next touch brings what it would have brought.
 */
export const catchUpAtStart = (scope: Scope, session: Session): Promise<void> =>
  inThreadTurn(scope, session, async () => {
    try {
      await withDeadline(scope.runtime, firstReadBudgetMs, async (deadline) => {
        const limited = { ...scope, deadline }
        await takeInStart(limited, session, await readThread(limited, session))
      })
    } catch (error) {
      if (!(error instanceof LiveChatError || error instanceof DeadlineExceededError)) throw error
      scope.log.warn('thread_not_read_at_start', { conversationId: session.conversationId, error: error.name })
      noteMissedDelivery(scope, session)
      await reportWaitingAtStart(scope, session, 'noAgentYet', undefined)
    }
  })

const takeInStart = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
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
const catchUp = async (scope: Scope, session: Session): Promise<Required<Pick<Ending, 'chat' | 'counts'>>> => {
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

/** Leaves time for the end itself within a webhook's 8 s. */
const lastReadBudgetMs = 4_000

/**
 * What the thread still holds when it has been closed. The end must reach the plugin even when LiveChat or the platform
 * cannot be read: a session without an end is stuck for ever.
 */
export const catchUpAtEnd = async (scope: Scope, session: Session): Promise<Omit<Ending, 'isLost'>> => {
  try {
    return await withDeadline(scope.runtime, lastReadBudgetMs, (deadline) => catchUp({ ...scope, deadline }, session))
  } catch (error) {
    scope.log.error('thread_not_read_at_end', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
    // Words that the platform has refused here, or that another delivery could not bring, LiveChat is still delivering.
    return { isIncomplete: isApiError(error) || scope.memory.missedDeliveries.has(missedKey(scope, session)) }
  }
}

/** Leaves time for the delivery that is at hand. */
const missedBudgetMs = 3_000

/** After a read that failed, what is at hand goes on without one for this long, instead of waiting for each. */
const restMs = 15_000

type Thread = Pick<Session, 'livechatChatId' | 'livechatThreadId'>

const missedKey = (scope: Scope, { livechatChatId, livechatThreadId }: Thread): string =>
  scope.key('missed', livechatChatId, livechatThreadId)

/** A webhook of this thread failed, and LiveChat may have given it up since. */
export const noteMissedDelivery = (scope: Scope, thread: Thread): void => {
  const key = missedKey(scope, thread)
  scope.memory.missedDeliveries.set(key, scope.memory.missedDeliveries.get(key) ?? {})
}

/**
 * After a webhook of this session failed in this process: brings back what LiveChat may have given up delivering. It
 * never decides about what is at hand: when it fails, that goes first, and the next touch tries again.
 */
export const catchUpAfterFailure = async (scope: Scope, remembered: Session): Promise<void> => {
  const { livechatChatId, livechatThreadId } = remembered
  const key = missedKey(scope, remembered)
  const missed = scope.memory.missedDeliveries.get(key)
  if (!missed || scope.runtime.nowMs() - (missed.triedAtMs ?? -Infinity) < restMs) return
  scope.memory.missedDeliveries.delete(key)
  try {
    // Read afresh: an agent whom another worker announced must not be announced again.
    const session = (await lookUpSession(scope, livechatChatId, livechatThreadId)) ?? remembered
    const { chat, counts } = await withDeadline(scope.runtime, missedBudgetMs, (deadline) =>
      catchUp({ ...scope, deadline }, session),
    )
    if (chat?.thread.active === false) await endSession(scope, session, { chat, counts })
  } catch (error) {
    scope.memory.missedDeliveries.set(key, { triedAtMs: scope.runtime.nowMs() })
    scope.log.warn('catch_up_failed', {
      conversationId: remembered.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
