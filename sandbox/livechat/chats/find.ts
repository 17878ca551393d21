import { ApiError } from '../errors'
import type { Chat, ChatEvent, Thread } from '../model'

export const threadOf = (chat: Chat, threadId: string): Thread => {
  const thread = chat.threads.find((candidate) => candidate.id === threadId)
  if (!thread) throw new ApiError('validation', 'thread_id: unknown thread')
  return thread
}

export const findEvent = (thread: Thread, eventId: string): ChatEvent => {
  const event = thread.events.find((candidate) => candidate.id === eventId)
  if (!event) throw new ApiError('validation', 'event_id: unknown event')
  return event
}
