import type { Chat, Thread } from '../model'
import { activeThread, type World } from '../world'

/** LiveChat's own estimate is not known. This one only has to grow with the position. */
const WAIT_PER_POSITION_S = 120

export type QueueShape = { position: number; wait_time: number; queued_at: string }

/** Chats that wait in line, in the order in which they began to wait. */
export const waitingChats = (world: World): Chat[] =>
  [...world.chats.values()]
    .filter((chat) => activeThread(chat)?.queuedAt !== undefined)
    .sort((a, b) => ((activeThread(a)?.queuedAt ?? '') < (activeThread(b)?.queuedAt ?? '') ? -1 : 1))

export const queueShape = (world: World, thread: Thread): QueueShape | undefined => {
  if (thread.queuedAt === undefined) return undefined
  const sameGroup = waitingChats(world).filter((chat) =>
    activeThread(chat)?.groupIds.some((groupId) => thread.groupIds.includes(groupId)),
  )
  const position = sameGroup.findIndex((chat) => activeThread(chat) === thread) + 1
  return { position, wait_time: position * WAIT_PER_POSITION_S, queued_at: thread.queuedAt }
}
