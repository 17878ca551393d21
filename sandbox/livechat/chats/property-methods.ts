import { z } from 'zod'
import { parseFields } from '../errors'
import type { Actor, Chat } from '../model'
import { propertiesField, propertyNamesField } from '../properties'
import type { World } from '../world'
import { deleteProperties, updateProperties, type PropertyPlace } from './change-properties'
import { findEvent, threadOf } from './find'

const inChat = z.object({ id: z.string() })
const inThread = z.object({ chat_id: z.string(), thread_id: z.string() })
const inEvent = inThread.extend({ event_id: z.string() })

type PropertyCall = { world: World; body: Record<string, unknown>; actor: Exclude<Actor, { kind: 'system' }> }

/** The six property methods. They are the same in both chat APIs, except for the chats that the caller may name. */
export const propertyMethods = <Call extends PropertyCall>(
  chatOf: (call: Call, chatId: string) => Chat,
): Record<string, (call: Call) => void> => {
  const chatPlace = (call: Call): PropertyPlace => ({ chat: chatOf(call, parseFields(inChat, call.body).id) })
  const threadPlace = (call: Call): PropertyPlace => {
    const fields = parseFields(inThread, call.body)
    const chat = chatOf(call, fields.chat_id)
    return { chat, thread: threadOf(chat, fields.thread_id) }
  }
  const eventPlace = (call: Call): PropertyPlace => {
    const fields = parseFields(inEvent, call.body)
    const chat = chatOf(call, fields.chat_id)
    const thread = threadOf(chat, fields.thread_id)
    return { chat, thread, event: findEvent(thread, fields.event_id) }
  }
  const update = (place: typeof chatPlace) => (call: Call) => {
    const { properties } = parseFields(z.object({ properties: propertiesField }), call.body)
    updateProperties(call.world, place(call), properties, call.actor)
  }
  const remove = (place: typeof chatPlace) => (call: Call) => {
    const { properties } = parseFields(z.object({ properties: propertyNamesField }), call.body)
    deleteProperties(call.world, place(call), properties, call.actor)
  }
  return {
    update_chat_properties: update(chatPlace),
    delete_chat_properties: remove(chatPlace),
    update_thread_properties: update(threadPlace),
    delete_thread_properties: remove(threadPlace),
    update_event_properties: update(eventPlace),
    delete_event_properties: remove(eventPlace),
  }
}
