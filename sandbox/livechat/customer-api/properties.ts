import { z } from 'zod'
import { parseFields } from '../errors'
import { findEvent } from '../chats/append-event'
import { deleteProperties, updateProperties, type PropertyPlace } from '../chats/change-properties'
import { propertiesField, propertyNamesField } from '../properties'
import { ownChat, threadOf, type CustomerCall, type CustomerMethod } from './context'

const inChat = z.object({ id: z.string() })
const inThread = z.object({ chat_id: z.string(), thread_id: z.string() })
const inEvent = inThread.extend({ event_id: z.string() })

type FindPlace = (call: CustomerCall) => PropertyPlace

const chatPlace: FindPlace = (call) => ({ chat: ownChat(call, parseFields(inChat, call.body).id) })

const threadPlace: FindPlace = (call) => {
  const fields = parseFields(inThread, call.body)
  const chat = ownChat(call, fields.chat_id)
  return { chat, thread: threadOf(chat, fields.thread_id) }
}

const eventPlace: FindPlace = (call) => {
  const fields = parseFields(inEvent, call.body)
  const chat = ownChat(call, fields.chat_id)
  const thread = threadOf(chat, fields.thread_id)
  return { chat, thread, event: findEvent(thread, fields.event_id) }
}

const update =
  (place: FindPlace): CustomerMethod =>
  (call) =>
    updateProperties(
      call.world,
      place(call),
      parseFields(z.object({ properties: propertiesField }), call.body).properties,
      call.actor,
    )

const remove =
  (place: FindPlace): CustomerMethod =>
  (call) =>
    deleteProperties(
      call.world,
      place(call),
      parseFields(z.object({ properties: propertyNamesField }), call.body).properties,
      call.actor,
    )

export const propertyMethods: Record<string, CustomerMethod> = {
  update_chat_properties: update(chatPlace),
  delete_chat_properties: remove(chatPlace),
  update_thread_properties: update(threadPlace),
  delete_thread_properties: remove(threadPlace),
  update_event_properties: update(eventPlace),
  delete_event_properties: remove(eventPlace),
}
