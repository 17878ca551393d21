import type { Actor, Chat, Thread } from '../model'
import { serveQueue, unpin } from '../routing/assign'
import type { World } from '../world'
import { appendEvent } from './append-event'
import { seatNobody } from './members'
import { addSystemMessage } from './system-messages'

type Closing = { actor: Actor; reason: string; variables?: Record<string, string> }

/**
 * Closes the active thread: first a system message with the reason, then `chat_deactivated`, then the agent takes the
 * next chat.
 */
export const closeThread = (world: World, chat: Chat, thread: Thread, closing: Closing): void => {
  const visibility = world.knobs.closingRemarksForAgentsOnly ? 'agents' : undefined
  if (world.knobs.closingRemarkAs === 'system') addSystemRemark(world, chat, thread, closing)
  else addSystemMessage(world, chat, thread, closing.reason, closing.variables, visibility)
  thread.active = false
  // A customer's close of an unassigned chat leaves it pinned. An assigned one was unpinned before.
  if (closing.actor.kind !== 'customer' || !world.knobs.pinnedAfterCustomerClose) unpin(chat)
  delete thread.queuedAt
  thread.cancelInactivity?.()
  delete thread.cancelInactivity
  const ids = { chatId: chat.id, threadId: thread.id }
  const { actor } = closing
  if (world.knobs.pastAgents === 'notPresentAtClose') seatNobody(chat)
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

/** No page names the source and subtypes of such events for the end of a chat. */
const addSystemRemark = (world: World, chat: Chat, thread: Thread, { reason, variables }: Closing): void => {
  appendEvent(world, {
    chat,
    thread,
    actor: { kind: 'system' },
    type: 'system',
    visibility: world.knobs.closingRemarksForAgentsOnly ? 'agents' : 'all',
    content: { source: 'messaging', subtype: reason, version: '1', details: JSON.stringify(variables ?? {}) },
  })
}

/** What the clock does to a thread in which nobody writes. */
export const closeForInactivity = (world: World, chat: Chat, thread: Thread, minutes: number): void =>
  closeThread(world, chat, thread, {
    actor: { kind: 'system' },
    reason: 'routing.archived_inactive',
    variables: { duration: String(minutes) },
  })
