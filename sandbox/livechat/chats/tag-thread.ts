import { ApiError } from '../errors'
import type { Actor, Chat, Thread } from '../model'
import type { World } from '../world'

/** Adds a chat tag to a thread or removes it. Chat tags have to exist on the license. */
export const setThreadTag = (
  world: World,
  chat: Chat,
  thread: Thread,
  tag: string,
  isOn: boolean,
  actor: Actor,
): void => {
  if (!world.tags.has(tag)) throw new ApiError('validation', 'tag: unknown tag')
  if (thread.tags.includes(tag) === isOn) return
  thread.tags = isOn ? [...thread.tags, tag] : thread.tags.filter((other) => other !== tag)
  const action = isOn ? 'thread_tagged' : 'thread_untagged'
  const ids = { chatId: chat.id, threadId: thread.id }
  world.effect(action, { ...ids, tag })
  world.announce({
    action,
    actor,
    chat,
    ids,
    payload: () => ({ chat_id: chat.id, thread_id: thread.id, tag }),
  })
}
