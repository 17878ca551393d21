import type { Thread } from '../model'
import type { World } from '../world'

/** Restarts the wait for the next message. */
export const restartInactivity = (world: World, thread: Thread): void => {
  thread.cancelInactivity?.()
  delete thread.cancelInactivity
  if (!thread.active) return
  const waitMs = inactivityMs(world, thread)
  thread.cancelInactivity = world.clock.setTimer(waitMs, () => {
    if (thread.active) thread.closeForInactivity(Math.round(waitMs / 60_000))
    return world.whenDelivered()
  })
}

const inactivityMs = (world: World, thread: Thread): number => {
  const minutes = world.license.properties['chats']?.['archive_offline_chat_after_min']
  const isContinuous = thread.properties['routing']?.['continuous'] === true
  return isContinuous && typeof minutes === 'number' ? minutes * 60_000 : world.knobs.inactivityMs
}
