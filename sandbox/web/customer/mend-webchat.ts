import { useEffect, useRef, type RefObject } from 'react'

/**
 * Mends what the webchat's components leave out for people who do not see the screen: pictures of senders have no text
 * in place of them, and the header's button, which does nothing here, has a name that is not what it shows.
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
