import { useSyncExternalStore } from 'react'
import type { LiveMessage, Snapshot } from '../../control/views'
import { apply, emptyLive, type Live } from './state'

const RECONNECT_MS = 700

let live = emptyLive
const listeners = new Set<() => void>()

const become = (next: Live): void => {
  live = next
  for (const listener of listeners) listener()
}

/** Follows the server, and connects again when it comes back. The server then tells everything anew. */
export const connect = (): void => {
  const socket = new WebSocket(`ws://${location.host}/api/live`)
  socket.addEventListener('message', (event) => become(apply(live, JSON.parse(String(event.data)) as LiveMessage)))
  socket.addEventListener('close', () => {
    if (live.isConnected) become({ ...live, isConnected: false })
    setTimeout(connect, RECONNECT_MS)
  })
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A part of what is known. The component is rendered again only when this part has changed. */
export const useLive = <T>(select: (live: Live) => T): T => useSyncExternalStore(subscribe, () => select(live))

/** A part of the state, in components that are shown only when there is one. */
export const useShown = <T>(select: (state: Snapshot) => T): T =>
  useLive(({ state }) => {
    if (!state) throw new Error('nothing is shown before the server has answered')
    return select(state)
  })

/** Waits until the page shows it: an answer of the server may arrive before the state that includes it. */
export const untilShown = (isShown: (state: Snapshot) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!live.state || !isShown(live.state)) return
      stop()
      resolve()
    }
    const stop = subscribe(look)
    look()
  })
