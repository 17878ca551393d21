import { tellWordsSinceStop } from '../../session/after-end/tell-return'
import { catchUpAtEnd, countAfterStop } from '../../session/catch-up/catch-up'
import { endSession } from '../../session/end/end-session'
import type { Session } from '../../session/session'
import { waitForRecord } from '../../session/wait-for-record'
import { done, ignored } from '../outcome'
import { chatDeactivatedSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../action-runner'

/** A thread was closed. Its session ends after the agent's last messages. */
export const chatDeactivated = webhookAction({
  schema: chatDeactivatedSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { user_id }, thread) => {
    // Runs before the turn, because another delivery or a message may end the session right now and needs to know who
    // closed the thread.
    if (user_id !== undefined) thread.closedBy = user_id
    return { work: user_id }
  },
  // A redelivery must learn that another process has already ended the session.
  session: 'fresh',
  afterEnd: 'ignored',
  // `catchUpAtEnd` reads the thread anyway.
  catchesUp: false,
  isAboutEnd: true,
  handle: async (scope, session, closedBy) => {
    const isOurStop = closedBy === session.livechatCustomerId || session.isLeftOpen
    if (isOurStop && neverBegan(session)) return ignored('start_failed')
    const ending = isOurStop
      ? await countAfterStop(scope, session)
      : await catchUpAtEnd(scope, session, { comesAgain: true })
    await tellWordsSinceStop(scope, session, ending.chat)
    // The process with the claim may fail before it tells the flows. Then LiveChat's next delivery must do it.
    if (!(await endSession(scope, session, ending)))
      await waitForRecord(scope, session, () => session.ended !== undefined)
    return done
  },
})

/**
 * A successful start records an agent or a wait. If a start fails before this, it closes its thread as the customer.
 * Then the plugin has no session, and the bot's flows must not be told of an end.
 */
const neverBegan = ({ holder, queueTold }: Session): boolean => holder.kind === 'nobody' && !queueTold
