import { useEffect, useRef, type RefObject } from 'react'

/**
 * Corrects the webchat's components for screen readers: new messages are not read out, nobody is told who wrote them,
 * pictures have no name, and the label of the header's button, which does nothing here, is not what the button shows.
 * @param senders who wrote each message that is shown, in order
 */
export const useMendedWebchat = (senders: string[]): RefObject<HTMLDivElement | null> => {
  const root = useRef<HTMLDivElement>(null)
  const mend = useRef<() => void>(undefined)
  useEffect(() => {
    mend.current = () => {
      if (root.current) mendNow(root.current, senders)
    }
    mend.current()
  }, [senders])
  useEffect(() => {
    const observer = new MutationObserver(() => mend.current?.())
    if (root.current) observer.observe(root.current, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return root
}

const mendNow = (root: HTMLElement, senders: string[]): void => {
  for (const image of root.querySelectorAll('img:not([alt]), img[alt=""]')) {
    const name = nameOf(image)
    if (image.getAttribute('alt') !== name) image.setAttribute('alt', name)
  }
  root.querySelector('.bpHeaderContentContainer')?.removeAttribute('aria-label')
  const list = root.querySelector('.bpMessageListViewport')
  list?.setAttribute('role', 'log')
  list?.setAttribute('aria-label', 'Messages of the bot and of agents')
  // Lines with a date are messages of the "system", which nobody sent.
  const shown = root.querySelectorAll('.bpMessageContainer:not([data-direction="system"])')
  for (const [index, message] of shown.entries()) {
    const sender = senders[index]
    if (sender !== undefined && message.getAttribute('data-sender') !== sender) {
      message.setAttribute('data-sender', sender)
    }
  }
}

/** Pictures of messages have their name in their address. The others are senders, who are named elsewhere. */
const nameOf = (image: Element): string => {
  const source = image.getAttribute('src') ?? ''
  if (!source.startsWith('/api/files?')) return ''
  return new URLSearchParams(source.split('?')[1]).get('name') || 'Picture'
}

/** Puts back what the component took out of its field, as if it were typed again. */
export const restoreText = (root: HTMLElement, text: string): void => {
  const field = root.querySelector('textarea')
  if (!field || field.value !== '') return
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
