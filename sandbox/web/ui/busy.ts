import { useRef, useState } from 'react'

/** Runs one action at a time: a second press while the first is under way does nothing. */
export const useBusy = (): { isBusy: boolean; once: (run: () => Promise<unknown>) => Promise<void> } => {
  const isRunning = useRef(false)
  const [isBusy, setBusy] = useState(false)
  return {
    isBusy,
    once: async (run) => {
      if (isRunning.current) return
      isRunning.current = true
      setBusy(true)
      try {
        await run()
      } finally {
        isRunning.current = false
        setBusy(false)
      }
    },
  }
}
