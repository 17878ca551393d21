import type * as bp from '../bp'
import type { Scope } from './scope'
import type { Session } from './session'

/**
 * Events of our own, for the bot's flows. They are emitted in no conversation, so that the plugin, which stops everything
 * of an active session, lets them pass.
 */

/** What each of our events says, besides its own fields. */
export const aboutSession = <Fields extends object>(scope: Scope, session: Session, fields: Fields) => ({
  hitlConversationId: session.conversationId,
  livechatChatId: session.livechatChatId,
  livechatThreadId: session.livechatThreadId,
  botpressUserId: session.botpressUserId,
  at: new Date(scope.runtime.nowMs()).toISOString(),
  ...fields,
})

/** Emits where the session matters more than the news of it: a failure is logged. */
export const quietly = async (scope: Scope, session: Session, emit: () => Promise<unknown>): Promise<void> => {
  try {
    await emit()
  } catch (error) {
    scope.log.warn('event_not_emitted', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}

type TimelineStep = Pick<bp.Events['hitlSessionTimeline'], 'step' | 'agentUserId' | 'reason'>

/** One step of the timeline, when the bot's builder wants one. */
export const emitTimeline = async (scope: Scope, session: Session, step: TimelineStep): Promise<void> => {
  if (!scope.settings.timeline) return
  await quietly(scope, session, () =>
    scope.client.createEvent({ type: 'hitlSessionTimeline', payload: aboutSession(scope, session, step) }),
  )
}
