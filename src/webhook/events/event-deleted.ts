import { findDelivered, sayDeletion } from '../../session/relay/corrections'
import { noteDeletedEarly } from '../../session/relay/early-deletions'
import { hasStopped } from '../../session/schedule'
import { noteDeletedEvent } from '../../session/thread'
import { done, ignored } from '../outcome'
import { eventDeletedSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../action-runner'

/**
 * An event was deleted. If the event was relayed, the end user learns that a message was removed, but not which one. If
 * it was not relayed yet, it never will be.
 */
export const eventDeleted = webhookAction({
  schema: eventDeletedSchema,
  threadOf: threadIdsOf,
  prepare: (scope, { event_id }, thread) => {
    if (scope.settings.announceChanges) return { work: event_id }
    noteDeletedEvent(thread, event_id)
    return { ignored: 'changes_switched_off' }
  },
  session: 'fresh',
  // The plugin takes messages until it is notified.
  afterEnd: 'handled',
  catchesUp: true,
  handle: async (scope, session, eventId) => {
    if (hasStopped(scope, session)) return ignored('session_ended')
    const delivered = await findDelivered(scope, session, eventId)
    if (!delivered) {
      await noteDeletedEarly(scope, session, eventId)
      return ignored('not_relayed_yet')
    }
    await sayDeletion(scope, session, eventId)
    return done
  },
})
