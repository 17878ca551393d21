import { useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * A focused element that disappears or is hidden takes the focus with it. This moves the focus to `find()` if it was
 * inside `root` when `key` changed, so that the keyboard goes on where it was.
 */
export const useKeptFocus = (
  root: RefObject<HTMLElement | null>,
  key: unknown,
  find: (root: HTMLElement) => HTMLElement | null,
): void => {
  const last = useRef(key)
  // Read while rendering: after that, the focused element may be gone.
  const hadFocus = root.current?.contains(document.activeElement) ?? false
  useLayoutEffect(() => {
    if (last.current === key) return
    last.current = key
    const focused = document.activeElement
    const isLost = focused === null || focused === document.body || !focused.checkVisibility()
    if (hadFocus && root.current && isLost) find(root.current)?.focus()
  })
}
