import { z } from 'zod'
import { appendDraft } from '../chats/append-event'
import { checkDraft, eventDraft } from '../chats/event-draft'
import { threadOf } from '../chats/find'
import { markEventsAsSeen } from '../chats/mark-seen'
import { setThreadTag } from '../chats/tag-thread'
import { ApiError, parseFields } from '../errors'
import { uploadFromRequest } from '../http/request-body'
import { checkWritable } from '../properties'
import { accessibleChat, openPlace, requirePresence, type AgentMethod } from './context'

export const sendEvent: AgentMethod = (call) => {
  const { world, actor } = call
  const fields = parseFields(z.object({ chat_id: z.string(), event: eventDraft }), call.body)
  const { chat, thread } = openPlace(call, fields.chat_id)
  requirePresence(call, chat)
  checkDraft(world, fields.event, 'agent')
  checkWritable(world, fields.event.properties, 'event', actor)
  const own = chat.users.find((user) => user.id === actor.id)
  if (own?.visibility === 'agents' && fields.event.visibility !== 'agents') {
    throw new ApiError('validation', 'event.visibility: a supervisor can only write to agents')
  }
  return { event_id: appendDraft(world, { chat, thread, actor }, fields.event).id }
}

const previewFields = z.object({
  chat_id: z.string(),
  event: z.object({ type: z.literal('message'), text: z.string(), visibility: z.literal('all').optional() }),
})

/** Not stored, and not reported by any webhook. */
export const sendEventPreview: AgentMethod = (call) => {
  const fields = parseFields(previewFields, call.body)
  requirePresence(call, openPlace(call, fields.chat_id).chat)
}

export const uploadFile: AgentMethod = ({ world, request }) => uploadFromRequest(world, request)

const typingFields = z.object({
  chat_id: z.string(),
  is_typing: z.boolean(),
  visibility: z.enum(['all', 'agents']).optional(),
})

export const sendTypingIndicator: AgentMethod = (call) => {
  openPlace(call, parseFields(typingFields, call.body).chat_id)
}

export const sendThinkingIndicator: AgentMethod = (call) => {
  openPlace(call, parseFields(z.object({ chat_id: z.string() }), call.body).chat_id)
}

const seenFields = z.object({ chat_id: z.string(), seen_up_to: z.string().datetime({ offset: true }) })

export const markSeen: AgentMethod = (call) => {
  const fields = parseFields(seenFields, call.body)
  markEventsAsSeen(call.world, accessibleChat(call, fields.chat_id), fields.seen_up_to, call.actor)
}

const tagFields = z.object({ chat_id: z.string(), thread_id: z.string(), tag: z.string() })

export const tagThread =
  (isOn: boolean): AgentMethod =>
  (call) => {
    const fields = parseFields(tagFields, call.body)
    const chat = accessibleChat(call, fields.chat_id)
    setThreadTag(call.world, chat, threadOf(chat, fields.thread_id), fields.tag, isOn, call.actor)
  }

/** A summary by LiveChat, which the webhook `thread_summary_set` reports. A closed thread gets one only once. */
export const requestThreadSummary: AgentMethod = (call) => {
  const { world, actor } = call
  const fields = parseFields(z.object({ chat_id: z.string(), thread_id: z.string() }), call.body)
  const chat = accessibleChat(call, fields.chat_id)
  const thread = threadOf(chat, fields.thread_id)
  if (thread.summary && !thread.active) throw new ApiError('validation', 'thread_id: has a summary already')
  const summary = { status: 'completed', text: `${thread.events.length} events`, updated_at: world.now() }
  thread.summary = summary
  world.announce({
    action: 'thread_summary_set',
    actor,
    chat,
    ids: { chatId: chat.id, threadId: thread.id },
    payload: () => ({ chat_id: chat.id, thread_id: thread.id, summary }),
  })
}
