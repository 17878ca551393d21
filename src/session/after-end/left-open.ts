import { customerOf } from '../../customers/customer-store'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { errorCode, explain } from '../../operation/failures/explain'
import { raiseIssue } from '../../operation/failures/raise-issue'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { toSession, type Session } from '../session'
import { rememberSession, updateSession } from '../session-store'
import { closeThread } from './close-thread'
import { endUnnoticedSession } from './unnoticed-end'

/**
 * A thread is left open if the bot has stopped its session, but LiveChat could not close the thread. Whoever next
 * touches the thread closes it: a webhook of the thread, the user's next start, or a register.
 */

/** Tells the bot's owner that a thread stays open, and records it for those who touch the thread later. */
export const leaveOpen = async (scope: Scope, session: Session, error: unknown): Promise<void> => {
  const { conversationId, livechatChatId } = session
  scope.log.error('chat_left_open', { conversationId, livechatChatId, error: errorCode(error), cause: explain(error) })
  raiseIssue(scope, 'chat_left_open', { conversationId })
  await scope.report(error)
  const effort = { budgetMs: budgets.stop.recordMs, code: 'chat_left_open_not_recorded', fields: { conversationId } }
  // From the beginning of the stop on, the plugin takes nothing. A later failure keeps this time.
  const leftOpenAtMs = session.leftOpenAtMs ?? vendorNowMs(scope) - (scope.runtime.nowMs() - scope.startedAtMs)
  await bestEffort(scope, effort, (limited) => updateSession(limited, session, { isLeftOpen: true, leftOpenAtMs }))
}

/** Closes a thread that was left open. A webhook then ends the session. After a failure, the next touch tries again. */
export const closeLeftOpen = async (scope: Scope, session: Session): Promise<void> => {
  await bestEffort(scope, effortFor(session), async (limited) => {
    if (await isStillOpen(limited, session)) await closeThread(limited, session)
  })
}

/** The chat may have another thread by now, which belongs to another session or to an agent. */
const isStillOpen = async (scope: Scope, session: Session): Promise<boolean> => {
  const chat = await (await customerOf(scope, session)).findChat()
  return chat?.active === true && chat.last_thread_id === session.livechatThreadId
}

const effortFor = ({ conversationId }: Session) => ({
  budgetMs: budgets.shared.closeLeftOpenMs,
  code: 'chat_still_left_open',
  fields: { conversationId },
})

/** One register closes at most this many threads. The next register goes on. */
const maxPerRegister = 10

/** Closes all threads that were left open, and ends the sessions of those that LiveChat has closed since. */
export const closeAllLeftOpen = async (scope: Scope): Promise<void> => {
  const effort = { budgetMs: budgets.register.tidyMs, code: 'left_open_chats_not_closed' }
  await bestEffort(scope, effort, async (limited) => {
    const { conversations } = await limited.client.listConversations({ channel: 'hitl', tags: { leftOpen: 'yes' } })
    for (const conversation of conversations.slice(0, maxPerRegister)) {
      const read = toSession(conversation, limited.runtime.nowMs())
      if (read && !read.ended) await closeOrEnd(limited, rememberSession(limited, read))
    }
  })
}

const closeOrEnd = async (scope: Scope, session: Session): Promise<void> => {
  await bestEffort(scope, effortFor(session), async (limited) => {
    if (await isStillOpen(limited, session)) await closeThread(limited, session)
    else await endUnnoticedSession(limited, session)
  })
}
