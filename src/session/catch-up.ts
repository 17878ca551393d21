import { classify } from '../content/classify'
import { LiveChatError } from '../livechat/errors'
import type { LiveChatChat } from '../livechat/schema'
import { DeadlineExceededError, withDeadline } from '../shared/deadline'
import { agentOfRead } from './agents'
import { takeIn, takeInFirstAgent, takeInSpeaker } from './assignment'
import { endSession, type Ending } from './end-session'
import { noteOpenChoice } from './open-choice'
import { relayToBotpress } from './relay'
import { isPlatformFaultTransient } from './platform-call'
import { readThread } from './read-thread'
import { listRelayed } from './relayed'
import type { Scope } from './scope'
import type { Session } from './session'
import { lookUpSession } from './sessions'
import { reportWaiting, reportWaitingAtStart } from './waiting'

/** With what comes before it well within the plugin's drop window, which ends 5 s after the conversation's creation. */
const firstReadBudgetMs = 2_500

/**
 * Reads the thread of a session that is being started, and takes in what happened before our conversation existed: an
 * agent who is there already, words, even the end. A read that fails or takes too long does not hold up the start: the
 * next touch brings what it would have brought.
 */
export const catchUpAtStart = (scope: Scope, session: Session): Promise<void> =>
  scope.memory.inTurn(turnKey(scope, session), async () => {
    try {
      await withDeadline(scope.runtime, firstReadBudgetMs, async (deadline) => {
        const limited = { ...scope, deadline }
        await takeInStart(limited, session, await readThread(limited, session))
      })
    } catch (error) {
      if (!(error instanceof LiveChatError || error instanceof DeadlineExceededError)) throw error
      scope.log.warn('thread_not_read_at_start', { conversationId: session.conversationId, error: error.name })
      noteMissedDelivery(scope, session.livechatChatId, session.livechatThreadId)
      await reportWaitingAtStart(scope, session, 'noAgentYet', undefined)
    }
  })

/** Deliveries and reads of one thread take turns, so that what an agent did first is told first. */
const turnKey = (
  scope: Scope,
  { livechatChatId, livechatThreadId }: Pick<Session, 'livechatChatId' | 'livechatThreadId'>,
): string => scope.key('turn', livechatChatId, livechatThreadId)

const takeInStart = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  const [first] = await presentAgents(scope, chat)
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

/**
 * Reads the thread and relays, in order, what webhooks did not bring. Same event ids, so nothing doubles.
 * @returns the chat as read, and how many messages the conversation then holds
 */
const catchUp = async (scope: Scope, session: Session): Promise<Required<Pick<Ending, 'chat' | 'counts'>>> => {
  const [chat, { eventIds, ...counts }] = await Promise.all([readThread(scope, session), listRelayed(scope, session)])
  const present = await presentAgents(scope, chat)
  const [first] = present
  const isAnnouncedThere = session.holder.kind === 'agent' && present.includes(session.holder.userId)
  if (first !== undefined && !isAnnouncedThere) await takeIn(scope, session, { kind: 'agentHasIt', userId: first })
  const relayed = await relayMissing(scope, session, chat, eventIds)
  if (chat.thread.active && chat.thread.queue) await reportWaiting(scope, session, 'allAgentsBusy', chat.thread.queue)
  return { chat, counts: { ...counts, messagesFromAgents: counts.messagesFromAgents + relayed } }
}

/** Botpress users of the agents who are in an open thread. A supervisor is not visible to customers. */
const presentAgents = async (scope: Scope, { thread, users }: LiveChatChat): Promise<string[]> => {
  if (!thread.active) return []
  const agents = users.filter(({ type, present }) => type === 'agent' && present === true)
  const userIds: string[] = []
  for (const { id } of agents) userIds.push(await agentOfRead(scope, id, users))
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
      const userId = await agentOfRead(scope, verdict.authorId, chat.users)
      await relayToBotpress(scope, session, event.id, verdict.message, { userId })
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
export const catchUpAtEnd = async (scope: Scope, session: Session): Promise<Pick<Ending, 'chat' | 'counts'>> => {
  try {
    return await withDeadline(scope.runtime, lastReadBudgetMs, (deadline) => catchUp({ ...scope, deadline }, session))
  } catch (error) {
    scope.log.error('thread_not_read_at_end', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
    return {}
  }
}

/** Leaves time for the delivery that is at hand. */
const missedBudgetMs = 3_000

const missedKey = (scope: Scope, livechatChatId: string, livechatThreadId: string): string =>
  scope.key('missed', livechatChatId, livechatThreadId)

/** A webhook of this thread failed, and LiveChat may have given it up since. */
export const noteMissedDelivery = (scope: Scope, livechatChatId: string, livechatThreadId: string): void => {
  scope.memory.missedDeliveries.set(missedKey(scope, livechatChatId, livechatThreadId), { atMs: scope.runtime.nowMs() })
}

/**
 * After a webhook of this session failed in this process: brings back what LiveChat may have given up delivering. It
 * never decides about what is at hand: when it fails, that goes first, and the next touch tries again.
 */
export const catchUpAfterFailure = async (scope: Scope, remembered: Session): Promise<void> => {
  const { livechatChatId, livechatThreadId } = remembered
  if (!scope.memory.missedDeliveries.delete(missedKey(scope, livechatChatId, livechatThreadId))) return
  try {
    // Read afresh: an agent whom another worker announced must not be announced again.
    const session = (await lookUpSession(scope, livechatChatId, livechatThreadId)) ?? remembered
    const { chat, counts } = await withDeadline(scope.runtime, missedBudgetMs, (deadline) =>
      catchUp({ ...scope, deadline }, session),
    )
    if (chat?.thread.active === false) await endSession(scope, session, { chat, counts })
  } catch (error) {
    noteMissedDelivery(scope, livechatChatId, livechatThreadId)
    scope.log.warn('catch_up_failed', {
      conversationId: remembered.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
