import { useEffect, useRef, type RefObject } from 'react'

/**
 * Corrects the webchat's components for screen readers: senders' pictures have no `alt`, and the label of the header's
 * button, which does nothing here, is not what the button shows.
 */
export const useMendedWebchat = (): RefObject<HTMLDivElement | null> => {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = root.current
    if (!element) return undefined
    const mend = (): void => {
      for (const image of element.querySelectorAll('img:not([alt])')) image.setAttribute('alt', '')
      element.querySelector('.bpHeaderContentContainer')?.removeAttribute('aria-label')
    }
    mend()
    const observer = new MutationObserver(mend)
    observer.observe(element, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return root
}
