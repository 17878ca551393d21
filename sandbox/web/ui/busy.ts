import { useEffect, useRef, useState } from 'react'

/**
 * Runs one action at a time: a second press while the first is under way does nothing. A button that shows a spinner
 * meanwhile is disabled, and loses the focus: it gets the focus back.
 */
export const useBusy = (): { isBusy: boolean; once: (run: () => Promise<unknown>) => Promise<void> } => {
  const isRunning = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const pressed = useRef<Element>(null)
  useEffect(() => {
    const { current } = pressed
    if (!isBusy && document.activeElement === document.body && current instanceof HTMLElement) current.focus()
  }, [isBusy])
  return {
    isBusy,
    once: async (run) => {
      if (isRunning.current) return
      isRunning.current = true
      pressed.current = document.activeElement
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
