import type { Actor, Chat, Thread } from '../model'
import { serveQueue } from '../routing/assign'
import type { World } from '../world'
import { addSystemMessage } from './system-messages'

type Closing = { actor: Actor; reason: string; variables?: Record<string, string> }

/**
 * Closes the active thread: first a system message with the reason, then `chat_deactivated`, then the agent takes the
 * next chat.
 */
export const closeThread = (world: World, chat: Chat, thread: Thread, closing: Closing): void => {
  const visibility = world.knobs.closingRemarksForAgentsOnly ? 'agents' : undefined
  addSystemMessage(world, chat, thread, closing.reason, closing.variables, visibility)
  thread.active = false
  delete thread.queuedAt
  thread.cancelInactivity?.()
  delete thread.cancelInactivity
  const ids = { chatId: chat.id, threadId: thread.id }
  const { actor } = closing
  // Agents of a closed thread stay listed as present until the chat is opened again. No document says otherwise.
  world.effect('thread_closed', { ...ids, reason: closing.reason })
  world.announce({
    action: 'chat_deactivated',
    actor,
    chat,
    ids,
    payload: () => ({
      chat_id: chat.id,
      thread_id: thread.id,
      ...(actor.kind === 'system' ? {} : { user_id: actor.id }),
    }),
  })
  serveQueue(world)
}

/** Closes a thread in which nobody wrote for the allowed time. */
export const closeForInactivity = (world: World, chat: Chat, thread: Thread, minutes: number): void =>
  closeThread(world, chat, thread, {
    actor: { kind: 'system' },
    reason: 'routing.archived_inactive',
    variables: { duration: String(minutes) },
  })
