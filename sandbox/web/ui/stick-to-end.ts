import { useCallback, useEffect, useRef, useState, type RefObject, type UIEvent } from 'react'

/** Fewer pixels than this from the end count as the end. */
const NEAR_END_PX = 24

type Sticky<E extends HTMLElement> = {
  list: RefObject<E | null>
  isAtEnd: boolean
  /** Goes to the end, and stays there from now on. */
  follow: () => void
  onScroll: (event: UIEvent<E>) => void
}

/** Keeps a list at its end while it grows or changes its size, until somebody scrolls up. */
export const useStickToEnd = <E extends HTMLElement>(version: unknown): Sticky<E> => {
  const list = useRef<E>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const scroll = useCallback(() => list.current?.scrollTo({ top: list.current.scrollHeight }), [])
  useEffect(() => {
    if (isAtEnd) scroll()
  }, [version, isAtEnd, scroll])
  useEffect(() => {
    if (!list.current || !isAtEnd) return undefined
    const observer = new ResizeObserver(scroll)
    observer.observe(list.current)
    return () => observer.disconnect()
  }, [isAtEnd, scroll])
  return {
    list,
    isAtEnd,
    follow: () => setAtEnd(true),
    // A hidden list has no height, and so no end.
    onScroll: ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
      if (clientHeight > 0) setAtEnd(scrollTop + clientHeight > scrollHeight - NEAR_END_PX)
    },
  }
}
