import { useSyncExternalStore } from 'react'
import type { LedgerView, Snapshot } from '../control/views'

export type Live = { snapshot: Snapshot | undefined; entries: LedgerView[]; isConnected: boolean }

/** More would slow the inspector down, and nobody scrolls that far. */
const MAX_ENTRIES = 1_000

let live: Live = { snapshot: undefined, entries: [], isConnected: true }
const listeners = new Set<() => void>()

const change = (part: Partial<Live>): void => {
  live = { ...live, ...part }
  for (const listener of listeners) listener()
}

const addEntry = (entry: LedgerView): void => {
  const last = live.entries.at(-1)?.seq ?? 0
  // A lower number means that the sandbox was restarted.
  const before = entry.seq <= last ? live.entries.filter(({ seq }) => seq < entry.seq) : live.entries
  change({ entries: [...before, entry].slice(-MAX_ENTRIES) })
}

/** Follows the control server. The browser reconnects automatically and asks for what it missed. */
export const connect = (): void => {
  const source = new EventSource('/api/events')
  source.addEventListener('open', () => change({ isConnected: true }))
  source.addEventListener('error', () => change({ isConnected: false }))
  source.addEventListener('state', (event) => change({ snapshot: JSON.parse(event.data as string) as Snapshot }))
  source.addEventListener('ledger', (event) => addEntry(JSON.parse(event.data as string) as LedgerView))
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Waits until the page shows it: an answer of the server may arrive before the state that includes it. */
export const untilShown = (isShown: (snapshot: Snapshot) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!live.snapshot || !isShown(live.snapshot)) return
      stop()
      resolve()
    }
    const stop = subscribe(look)
    look()
  })

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live)
