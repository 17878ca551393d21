import { z } from 'zod'
import { BotpressApiError } from '../errors'
import { takeInEvent } from '../inbox'
import type { Event } from '../objects'
import { findMismatch } from '../schema-check'
import { toWireEvent } from '../wire'
import { effect, stamp } from '../world'
import {
  checkPayloadSize,
  dueTime,
  mustFind,
  mustRefer,
  parseBody,
  payloadSchema,
  scheduleSchema,
  type ApiCall,
  type Route,
} from './call'
import { pageOf } from './paging'

const createSchema = z
  .object({
    type: z.string(),
    payload: payloadSchema,
    schedule: scheduleSchema.optional(),
    conversationId: z.string().optional(),
    userId: z.string().optional(),
    workflowId: z.string().optional(),
    messageId: z.string().optional(),
  })
  .strict()

type NewEvent = z.output<typeof createSchema>

const check = ({ world, instance }: ApiCall, input: NewEvent): void => {
  checkPayloadSize(input.payload, 'event')
  const schema = world.definition.events?.[input.type]?.schema
  if (!schema) throw new BotpressApiError('InvalidPayload', `Event "${input.type}" is not defined`)
  const mismatch = findMismatch(schema, input.payload, world.knobs.strictIncomingPayloads ? 'refused' : 'allowed')
  if (mismatch) throw new BotpressApiError('InvalidPayload', `Payload of event "${input.type}": ${mismatch}`)
  const { conversationId, userId, messageId } = input
  if (conversationId) mustRefer(world, instance.store.conversations.get(conversationId), 'Conversation', conversationId)
  if (userId) mustRefer(world, instance.store.users.get(userId), 'User', userId)
  if (messageId) mustRefer(world, instance.store.messages.get(messageId), 'Message', messageId)
}

const createEvent = ({ world, instance }: ApiCall, input: NewEvent): Event => {
  const { type, payload, conversationId, userId, messageId } = input
  const dueMs = dueTime(world, input.schedule)
  const event: Event = {
    ...stamp(world, 'evt'),
    type,
    payload,
    conversationId,
    userId,
    messageId,
    status: dueMs === undefined ? 'pending' : 'scheduled',
    failureReason: null,
  }
  instance.store.events.set(event.id, event)
  // The plugin's events name their session in the payload.
  const session = payload['conversationId']
  effect(world, 'event_created', { id: event.id, type, conversationId, userId, session, status: event.status })
  takeInEvent(world, instance, event, dueMs)
  return event
}

const findEvent = (call: ApiCall): Event =>
  mustFind(call.instance.store.events.get(call.params.id ?? ''), 'Event', call.params.id ?? '')

const FILTERS = ['type', 'conversationId', 'userId', 'messageId', 'status'] as const

export const eventRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/chat/events',
    handle: (call) => {
      const input = parseBody(createSchema, call.body)
      check(call, input)
      const event = createEvent(call, input)
      return { body: { event: toWireEvent(event) }, detail: { id: event.id, type: event.type } }
    },
  },
  {
    method: 'GET',
    path: '/v1/chat/events',
    handle: (call) => {
      const matches = (event: Event): boolean =>
        FILTERS.every((field) => !call.query.has(field) || event[field] === call.query.get(field))
      const { items, meta } = pageOf(call, [...call.instance.store.events.values()].filter(matches))
      return { body: { events: items.map(toWireEvent), meta } }
    },
  },
  {
    method: 'GET',
    path: '/v1/chat/events/:id',
    handle: (call) => ({ body: { event: toWireEvent(findEvent(call)) }, detail: { id: call.params.id } }),
  },
  {
    method: 'DELETE',
    path: '/v1/chat/events/scheduled/:id',
    handle: (call) => {
      const event = findEvent(call)
      if (event.status !== 'scheduled') throw new BotpressApiError('InvalidPayload', 'The event is not scheduled')
      event.status = 'canceled'
      return { body: {}, detail: { id: event.id } }
    },
  },
]
