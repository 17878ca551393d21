import { announceEvent, appendDraft, appendEvent, eventIds } from '../chats/append-event'
import { findEvent } from '../chats/find'
import { eventDraft, parseDraft, type EventDraft } from '../chats/event-draft'
import { uploadFile } from '../cdn'
import { ApiError } from '../errors'
import type { ChatEvent, Properties, Thread, Visibility } from '../model'
import { markEventsAsSeen } from '../chats/mark-seen'
import { announceUserAdded } from '../routing/assign'
import type { World } from '../world'
import { asAgent, chatById, openPlace, seat } from './place'

export type SayOptions = { properties?: Properties; customId?: string }
export type DeskFile = { name: string; contentType: string; bytes: Buffer; alternativeText?: string }
export type RichMessage = Omit<Extract<EventDraft, { type: 'rich_message' }>, 'type' | 'custom_id' | 'visibility'>
export type SystemEvent = { source: string; subtype: string; details: Record<string, unknown>; visibility?: Visibility }

/** What an agent can write. Every function returns the id of the event that it made. */
export const createWriting = (world: World) => {
  const send = (chatId: string, agentId: string, draft: Record<string, unknown>, isOutside = false): string => {
    const { chat, thread } = openPlace(world, chatId)
    const user = isOutside ? undefined : seat(chat, agentId)
    const parsed = parseDraft(draft)
    if (user?.visibility === 'agents' && parsed.visibility !== 'agents') {
      throw new ApiError('validation', 'a supervisor can only write to agents')
    }
    const event = appendDraft(world, { chat, thread, actor: asAgent(agentId) }, parsed)
    return event.id
  }
  const options = ({ properties, customId }: SayOptions): Record<string, unknown> => ({
    ...(properties ? { properties } : {}),
    ...(customId === undefined ? {} : { custom_id: customId }),
  })

  return {
    /** Any event in its wire form, checked as the Agent API would. */
    send,
    say: (chatId: string, agentId: string, text: string, extra: SayOptions = {}): string =>
      send(chatId, agentId, { type: 'message', text, ...options(extra) }),
    /** The agent writes into a chat without joining it: LiveChat adds them as not present. */
    sayFromOutside: (chatId: string, agentId: string, text: string): string => {
      const { chat, thread } = openPlace(world, chatId)
      if (!chat.users.some(({ id }) => id === agentId)) {
        chat.users.push({ id: agentId, kind: 'agent', present: false, visibility: 'all' })
      }
      announceUserAdded(world, chat, thread, agentId, asAgent(agentId), 'manual')
      return send(chatId, agentId, { type: 'message', text }, true)
    },
    /** A private note: customers must never see it. */
    note: (chatId: string, agentId: string, text: string): string =>
      send(chatId, agentId, { type: 'message', text, visibility: 'agents' }),
    sendFile: (chatId: string, agentId: string, file: DeskFile, visibility: Visibility = 'all'): string => {
      const { alternativeText, ...part } = file
      seat(openPlace(world, chatId).chat, agentId)
      const url = uploadFile(world, part)
      return send(chatId, agentId, {
        type: 'file',
        url,
        visibility,
        ...(alternativeText === undefined ? {} : { alternative_text: alternativeText }),
      })
    },
    sendRichMessage: (chatId: string, agentId: string, message: RichMessage): string =>
      send(chatId, agentId, { type: 'rich_message', ...message }),
    /** An event of type `system`, as LiveChat's own parts make it. */
    addSystemEvent: (chatId: string, { details, visibility, ...content }: SystemEvent): string => {
      const { chat, thread } = openPlace(world, chatId)
      return appendEvent(world, {
        chat,
        thread,
        actor: { kind: 'system' },
        type: 'system',
        visibility: visibility ?? 'agents',
        content: { ...content, version: '1', details: JSON.stringify(details) },
      }).id
    },
    /** Changes the text of a message (`event_updated`). */
    edit: (chatId: string, agentId: string, eventId: string, text: string): void => {
      const { chat, thread, event } = locate(world, chatId, eventId)
      eventDraft.parse({ type: 'message', text })
      event.content = { ...event.content, text }
      world.effect('event_updated', { ...eventIds(chat, thread, event), text })
      announceEvent(world, 'event_updated', chat, thread, event, asAgent(agentId))
    },
    deleteEvent: (chatId: string, agentId: string, eventId: string): void => {
      const { chat, thread, event } = locate(world, chatId, eventId)
      event.isDeleted = true
      const ids = eventIds(chat, thread, event)
      world.effect('event_deleted', ids)
      world.announce({
        action: 'event_deleted',
        actor: asAgent(agentId),
        chat,
        ids,
        payload: () => ({ chat_id: chat.id, thread_id: thread.id, event_id: event.id }),
      })
    },
    /** The agent has read everything so far. */
    read: (chatId: string, agentId: string): void => {
      const { chat, thread } = openPlace(world, chatId)
      const last = thread.events.at(-1)
      if (last) markEventsAsSeen(world, chat, last.createdAt, asAgent(agentId))
    },
  }
}

const locate = (world: World, chatId: string, eventId: string) => {
  const chat = chatById(world, chatId)
  const hasEvent = (thread: Thread): boolean => thread.events.some((event: ChatEvent) => event.id === eventId)
  const thread = chat.threads.find(hasEvent)
  if (!thread) throw new ApiError('not_found', `no event ${eventId} in chat ${chatId}`)
  return { chat, thread, event: findEvent(thread, eventId) }
}
