import { z } from 'zod'
import { toWireUser } from '../wire'
import { mustFind, mustRefer, parseBody, type ApiCall, type Route } from './call'
import { findConversation } from './conversations'
import { pageOf } from './paging'

const addSchema = z.object({ userId: z.string() }).strict()

const path = '/v1/chat/conversations/:id/participants'

const findParticipant = (call: ApiCall) => {
  const { userId = '' } = call.params
  const isParticipant = findConversation(call).participantIds.includes(userId)
  return mustFind(isParticipant ? call.instance.store.users.get(userId) : undefined, 'Participant', userId)
}

export const participantRoutes: Route[] = [
  {
    method: 'GET',
    path,
    handle: (call) => {
      const { participantIds } = findConversation(call)
      const users = participantIds.flatMap((id) => call.instance.store.users.get(id) ?? [])
      const { items, meta } = pageOf(call, users)
      return { body: { participants: items.map((user) => toWireUser(user, call.world.knobs)), meta } }
    },
  },
  {
    method: 'POST',
    path,
    handle: (call) => {
      const { userId } = parseBody(addSchema, call.body)
      const conversation = findConversation(call)
      const user = mustRefer(call.world, call.instance.store.users.get(userId), 'User', userId)
      if (!conversation.participantIds.includes(userId)) conversation.participantIds.push(userId)
      return { body: { participant: toWireUser(user, call.world.knobs) } }
    },
  },
  {
    method: 'GET',
    path: `${path}/:userId`,
    handle: (call) => ({ body: { participant: toWireUser(findParticipant(call), call.world.knobs) } }),
  },
  {
    method: 'DELETE',
    path: `${path}/:userId`,
    handle: (call) => {
      const { id } = findParticipant(call)
      const conversation = findConversation(call)
      conversation.participantIds = conversation.participantIds.filter((participantId) => participantId !== id)
      return { body: {} }
    },
  },
]
