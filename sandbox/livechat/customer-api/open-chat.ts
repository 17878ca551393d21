import { z } from 'zod'
import { activeThread, findChatOf } from '../world'
import { ApiError, parseFields } from '../errors'
import { checkDraft, eventDraft, type EventDraft } from '../chats/event-draft'
import { closeThread } from '../chats/close-thread'
import { displayName } from '../chats/system-messages'
import { checkOpening, createChat, markAllSeen, openThread, type Opened, type Opening } from '../chats/open-thread'
import { checkWritable, propertiesField } from '../properties'
import { ownChat, refuseBanned, type CustomerCall, type CustomerMethod } from './context'

const chatFields = z.object({
  properties: propertiesField.optional(),
  access: z.object({ group_ids: z.array(z.number().int()).min(1) }).optional(),
  thread: z.object({ events: z.array(eventDraft).optional(), properties: propertiesField.optional() }).optional(),
})
const modeFields = { active: z.boolean().default(true), continuous: z.boolean().optional() }

const startFields = z.object({ chat: chatFields.optional(), ...modeFields })
const resumeFields = z.object({ chat: chatFields.extend({ id: z.string() }), ...modeFields })

export const startChat: CustomerMethod = (call) => {
  const { world, customer } = call
  const fields = parseFields(startFields, call.body)
  refuseBanned(call)
  if (findChatOf(world, customer.id)) throw secondChatError(call)
  const opening = openingOf(call, fields.chat, fields.active, fields.continuous ?? false)
  checkOpening(world, opening, undefined)
  const chat = createChat(world, customer.id, call.actor)
  const opened = openThread(world, chat, opening)
  markAllSeen(chat, customer.id)
  return { chat_id: chat.id, ...answerOf(opened) }
}

export const resumeChat: CustomerMethod = (call) => {
  const { world, customer } = call
  const fields = parseFields(resumeFields, call.body)
  refuseBanned(call)
  const chat = ownChat(call, fields.chat.id)
  if (activeThread(chat)) throw new ApiError(world.knobs.alreadyActiveError, 'Chat is already active')
  const opening = openingOf(call, fields.chat, fields.active, fields.continuous)
  checkOpening(world, opening, chat)
  const opened = openThread(world, chat, opening)
  markAllSeen(chat, customer.id)
  return answerOf(opened)
}

export const deactivateChat: CustomerMethod = (call) => {
  const { id } = parseFields(z.object({ id: z.string() }), call.body)
  const chat = ownChat(call, id)
  const thread = activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive')
  closeThread(call.world, chat, thread, {
    actor: call.actor,
    reason: 'manual_archived_customer',
    variables: { customer: displayName(call.world, call.customer.id) },
  })
}

const openingOf = (
  call: CustomerCall,
  chat: z.infer<typeof chatFields> | undefined,
  active: boolean,
  continuous: boolean | undefined,
): Opening => {
  const { world, actor } = call
  const events: EventDraft[] = chat?.thread?.events ?? []
  const writer = { kind: 'customer' as const, clientId: actor.clientId }
  checkWritable(world, chat?.properties, 'chat', writer)
  checkWritable(world, chat?.thread?.properties, 'thread', writer)
  for (const draft of events) {
    checkDraft(world, draft, 'customer')
    checkWritable(world, draft.properties, 'event', writer)
  }
  return {
    actor,
    groupIds: chat?.access?.group_ids ?? [0],
    active,
    continuous,
    chatProperties: chat?.properties,
    threadProperties: chat?.thread?.properties,
    events,
  }
}

const answerOf = ({ thread, eventIds }: Opened): Record<string, unknown> => ({
  thread_id: thread.id,
  ...(eventIds.length > 0 ? { event_ids: eventIds } : {}),
})

const secondChatError = ({ world }: CustomerCall): ApiError => {
  const { secondStartChatError } = world.knobs
  return secondStartChatError === 'validation_with_message'
    ? new ApiError('validation', 'Customer chats limit reached')
    : new ApiError(secondStartChatError)
}
