import { z } from 'zod'
import { activeThread, lastThread } from '../world'
import { ApiError, parseFields } from '../errors'
import { appendDraft, eventIds } from '../chats/append-event'
import { findEvent, threadOf } from '../chats/find'
import { checkDraft, eventDraft } from '../chats/event-draft'
import { markAllSeen } from '../chats/open-thread'
import { checkWritable } from '../properties'
import { uploadFromRequest } from '../http/request-body'
import { ownChat, refuseBanned, type CustomerMethod } from './context'

const sendFields = z.object({
  chat_id: z.string(),
  event: eventDraft,
  attach_to_last_thread: z.boolean().default(false),
})

export const sendEvent: CustomerMethod = (call) => {
  const { world, actor } = call
  const fields = parseFields(sendFields, call.body)
  refuseBanned(call)
  const chat = ownChat(call, fields.chat_id)
  checkDraft(world, fields.event, 'customer')
  checkWritable(world, fields.event.properties, 'event', { kind: 'customer', clientId: actor.clientId })
  const thread = activeThread(chat) ?? (fields.attach_to_last_thread ? lastThread(chat) : undefined)
  if (!thread) throw new ApiError('chat_inactive')
  const event = appendDraft(world, { chat, thread, actor }, fields.event)
  delete call.customer.sneakPeek
  markAllSeen(chat, actor.id)
  return { event_id: event.id }
}

const eventPlace = z.object({ chat_id: z.string(), thread_id: z.string(), event_id: z.string() })

export const deleteEvent: CustomerMethod = (call) => {
  const { world, actor } = call
  const fields = parseFields(eventPlace, call.body)
  const chat = ownChat(call, fields.chat_id)
  const thread = threadOf(chat, fields.thread_id)
  const event = findEvent(thread, fields.event_id)
  if (event.author?.id !== actor.id) throw new ApiError('authorization', 'event_id: not an event of this customer')
  event.isDeleted = true
  const ids = eventIds(chat, thread, event)
  world.effect('event_deleted', ids)
  world.announce({
    action: 'event_deleted',
    actor,
    chat,
    ids,
    payload: () => ({ chat_id: chat.id, thread_id: thread.id, event_id: event.id }),
  })
}

export const uploadFile: CustomerMethod = ({ world, request }) => uploadFromRequest(world, request)

const ecommerce = z.object({
  product_id: z.string(),
  option_id: z.string().optional(),
  quantity: z.number().int().optional(),
})
const postbackFields = eventPlace.extend({
  postback: z.object({
    id: z.string(),
    toggled: z.boolean(),
    button_type: z.string().optional(),
    button_value: z.string().optional(),
    ecommerce: ecommerce.optional(),
  }),
})

/** The customer pressed a button of a rich message. Reported only while the thread is active. */
export const sendRichMessagePostback: CustomerMethod = (call) => {
  const { world, actor } = call
  const fields = parseFields(postbackFields, call.body)
  const chat = ownChat(call, fields.chat_id)
  const thread = threadOf(chat, fields.thread_id)
  const event = findEvent(thread, fields.event_id)
  if (event.type !== 'rich_message') throw new ApiError('validation', 'event_id: not a rich message')
  markPressed(event.content, fields.postback.id, actor.id, fields.postback.toggled)
  const ids = eventIds(chat, thread, event)
  world.effect('postback_sent', { ...ids, postbackId: fields.postback.id, toggled: fields.postback.toggled })
  if (!thread.active) return
  const { id, toggled } = fields.postback
  world.announce({
    action: 'incoming_rich_message_postback',
    actor,
    chat,
    ids,
    payload: (version) => ({
      user_id: actor.id,
      chat_id: chat.id,
      thread_id: thread.id,
      event_id: event.id,
      // The other fields of the postback are new in 3.6.
      postback: version === '3.5' ? { id, toggled } : fields.postback,
    }),
  })
}

type Pressable = { elements?: { buttons?: { postback_id: string; user_ids: string[] }[] }[] }

const markPressed = (content: Record<string, unknown>, postbackId: string, userId: string, isOn: boolean): void => {
  const buttons = ((content as Pressable).elements ?? []).flatMap((element) => element.buttons ?? [])
  const pressed = buttons.filter((button) => button.postback_id === postbackId)
  if (pressed.length === 0) throw new ApiError('validation', 'postback.id: unknown button')
  for (const button of pressed) {
    const others = button.user_ids.filter((id) => id !== userId)
    button.user_ids = isOn ? [...others, userId] : others
  }
}
