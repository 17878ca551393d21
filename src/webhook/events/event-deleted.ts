import { findDelivered, sayDeletion } from '../../session/relay/corrections'
import { noteDeletedEarly } from '../../session/relay/early-deletions'
import { noteDeletedEvent } from '../../session/thread'
import { done, ignored } from '../outcome'
import { eventDeletedSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../webhook-action'

/**
 * An event was deleted: an end user who has seen it learns that, without its words being said again. From then on it is
 * shown to nobody.
 */
export const eventDeleted = webhookAction({
  schema: eventDeletedSchema,
  threadOf: threadIdsOf,
  prepare: (scope, { event_id }, thread) => {
    if (scope.settings.announceDeletions) return { work: event_id }
    noteDeletedEvent(thread, event_id)
    return { ignored: 'switched_off' }
  },
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: true,
  handle: async (scope, session, eventId) => {
    const shown = await findDelivered(scope, session, eventId)
    if (!shown) {
      await noteDeletedEarly(scope, session, eventId)
      return ignored('never_shown')
    }
    await sayDeletion(scope, session, eventId, shown)
    return done
  },
})
